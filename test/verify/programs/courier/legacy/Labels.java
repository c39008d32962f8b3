package courier.legacy;

import java.io.ObjectInputStream;
import java.io.InputStream;

/** Labels as the old printers keep them. */
public class Labels {
    private static final String PRINTER_PASSWORD = "changeit";

    public Object read(InputStream source) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(source)) {
            return in.readObject();
        }
    }

    public String title(String code) {
        return "Parcel " + code.trim();
    }
}
