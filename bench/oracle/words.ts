/*
 * The words that names are made of. The lists have no word in common with each
 * other, so that a name of one sort never hides one of another sort.
 */

const split = (words: string): readonly string[] => words.trim().split(/\s+/)

/** Names of variables, parameters and attributes. */
export const NOUNS: readonly string[] = split(`
  term needle label phrase entry topic subject remark wording caption heading given wanted chosen picked raw
  incoming token_text field_text keyword criterion selector lookup asked word part piece chunk segment slug_text
  title_text nickname handle alias_text alias_name surname city street region origin target_text hint clause
  fragment excerpt snippet content_text payload body_text detail extra note comment_text memo tag tag_text badge
`)

/** Names of containers and objects in variables. */
export const THINGS: readonly string[] = split(`
  options settings params bag holder context state record row item box basket cart bundle packet envelope frame
  draft order_info profile_data form_data filters criteria values_by_name fields columns parts pieces chunks lines
  tokens words names entries batch queue stack pending collected results found accumulated gathered buffer
`)

/** First and second words of functions. */
export const VERBS: readonly string[] = split(`
  build make load fetch find prepare resolve render format compose assemble collect read write store save apply
  handle process dispatch run perform select choose normalise clean parse convert wrap extract derive compute
  expand merge pick trim shape translate describe
`)
export const OBJECTS: readonly string[] = split(`
  invoice report customer ticket article product shipment booking member account session_info asset document
  catalogue message_text page_data event schedule lesson recipe track playlist photo album vehicle route_plan
  parcel warehouse supplier contract lease tenant patient visit lab_result sensor reading device firmware
`)

/** Names of constants are made of two of these. */
export const CONSTANTS: readonly string[] = split(`
  DEFAULT KNOWN BASE PRIMARY LEGACY CURRENT PUBLIC INTERNAL ACTIVE STANDARD COMMON SHARED
`)
export const CONSTANT_ENDS: readonly string[] = split(`
  VALUE TABLE MODE CHOICE FLAG ENTRY LEVEL REGISTRY MAP STATE LIMIT SETTING
`)

/** Names of modules and of folders in a package. */
export const MODULES: readonly string[] = split(`
  services helpers util store backend core tools lib manager logic common domain adapters queries actions tasks
  support shared operations jobs gateway engine workers loaders
`)
export const ENTRY_MODULES: readonly string[] = split('views api web app routes endpoints handlers_http server main_app site_web')
export const FOLDERS: readonly string[] = split('service internal data_access plugins parts_lib components layer modules')

/** Top-level packages are made of two of these, so that a run of thousands has enough. */
export const PACKAGES: readonly string[] = split(`
  shop library clinic garden harbour museum bakery airport school studio market campus depot farm forge gallery
  hotel island journal kitchen lighthouse mill nursery orchard pantry quarry ranch stable tavern vineyard workshop
  atlas beacon canvas delta ember falcon granite hazel indigo jasper kestrel lotus maple nimbus onyx pepper quartz
  raven saffron timber umber velvet willow xenon yarrow zephyr
`)

/** Keys of dictionaries and names of parameters of requests. */
export const KEYS: readonly string[] = split('name q title city tag ref code kind owner group color size lang theme status')
