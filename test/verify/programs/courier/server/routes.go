package server

import (
	"database/sql"
	"log"
	"net/http"
	"os/exec"
)

// Handlers answers the requests of drivers.
type Handlers struct {
	db *sql.DB
}

// Track shows where a parcel is.
func (h *Handlers) Track(w http.ResponseWriter, r *http.Request) {
	code := r.URL.Query().Get("code")
	row := h.db.QueryRow("SELECT place FROM parcel WHERE code = $1", code)
	var place string
	if err := row.Scan(&place); err != nil {
		log.Printf("parcel %s: %v", code, err)
		http.Error(w, "unknown parcel", http.StatusNotFound)
		return
	}
	w.Write([]byte(place))
}

// Label prints a label on the printer that the driver names.
func (h *Handlers) Label(w http.ResponseWriter, r *http.Request) {
	printer := r.FormValue("printer")
	out, err := exec.Command("sh", "-c", "lp -d "+printer).Output()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Write(out)
}

// Forward sends the driver on to where the parcel goes next.
func (h *Handlers) Forward(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, r.URL.Query().Get("next"), http.StatusFound)
}
