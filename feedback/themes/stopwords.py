"""Words that name nothing: German and English, as `fold` writes them."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# They say nothing by themselves, but turn what stands behind them: „kein Netz“, "never on time".
TURNING = _words(
    """
    kein keine keinen keinem keiner keines nie niemals nicht ohne niemand nichts nirgends
    no not never without nobody nothing none
    cannot cant dont doesnt didnt wont isnt wasnt arent werent couldnt wouldnt shouldnt hasnt havent
    """
)

GERMAN = _words(
    """
    der die das den dem des ein eine einen einem einer eines
    ich mich mir mein meine meinen meinem meiner meines du dich dir dein deine deinen deinem deiner
    er ihn ihm sie ihr ihre ihren ihrem ihrer ihres ihnen es wir uns unser unsere unseren unserem unserer euch euer eure
    man sich selbst selber jemand jeder jede jedes jeden jedem alle allem allen aller alles
    dieser diese dieses diesen diesem jener jene jenes jenen jenem solche solcher solches derselbe dieselbe dasselbe
    welcher welche welches welchen welchem wer wen wem was wessen wo wohin woher wann wie warum wieso weshalb
    und oder aber denn doch sondern sowie als ob dass weil wenn falls bevor nachdem waehrend obwohl damit sodass indem
    bis seit sobald solange trotzdem deshalb deswegen daher also
    in im ins an am ans auf aus bei beim mit nach von vom vor vorm zu zum zur ueber uebers unter hinter neben zwischen
    durch fuer fuers gegen um wegen trotz statt ab
    bin bist ist sind seid war warst waren wart gewesen sein waere waeren sei seien
    habe hab hast hat haben habt hatte hatten hattest gehabt haette haetten
    werde wirst wird werden werdet wurde wurden worden geworden wuerde wuerden wuerdet
    kann kannst koennen koennt konnte konnten koennte koennten gekonnt
    muss musst muessen muesst musste mussten muesste muessten gemusst
    soll sollst sollen sollt sollte sollten solltest will willst wollen wollt wollte wollten
    darf darfst duerfen duerft durfte durften duerfte mag magst moegen mochte moechte moechten
    lasse laesst lassen liess liessen gelassen mache macht machen machte gemacht tun tut tat getan
    gehe geht gehen ging gingen gegangen komme kommt kommen kam kamen gekommen
    gibt geben gab gaben gegeben steht stehen stand standen liegt liegen lag sagt sagen sagte sagten gesagt
    weiss wissen wusste finde finden fand gefunden sehe sieht sehen sah gesehen bekommt bekommen bekam heisst hiess
    brauche braucht brauchen habt wuensche wuenschen wuenschte wuensch bitte hoffe gern gerne
    hier da dort hin her heute gestern morgen jetzt nun dann danach davor vorher nachher immer wieder oft manchmal
    schon noch erst mal einmal zweimal dreimal bereits bald spaeter frueher zuletzt endlich eben gerade gleich sofort
    sehr so zu ganz gar nur auch mehr weniger viel viele vielen wenig wenige etwas einige einigen mehrere mehreren
    fast etwa ungefaehr circa genug ziemlich wirklich eigentlich leider vielleicht wohl halt ja nein mindestens
    davon dafuer dagegen dabei dazu daran darauf daraus darin darueber darum damals hinein heraus
    zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf zwanzig dreissig vierzig fuenfzig hundert tausend
    erste ersten erster erstes zweite zweiten dritte dritten andere anderen anderer anderes anderem
    minute minuten stunde stunden tag tage tagen woche wochen monat monate monaten jahr jahre jahren uhr mal
    montag dienstag mittwoch donnerstag freitag samstag sonntag
    januar februar maerz april mai juni juli august september oktober november dezember
    usw bzw etc plus herr herrn frau gezeigt zeigt zeigte zeigen fuehrt fuehrte fuehren weg
    """
)

ENGLISH = _words(
    """
    the this that these those there here some any each every both either neither another other others
    mine myself you your yours yourself him his himself she her hers herself its itself our ours ourselves
    they them their theirs themselves one ones someone somebody anyone anybody everyone everybody everything something
    anything who whom whose what which when where why how
    and but nor yet for because although though while whereas unless until since than then thus therefore whether
    with from into onto over under above below about after before between during through against across along around
    near off out upon via towards toward beside besides behind down per
    are was were been being has have had having does did doing done will would shall should can could may might must
    ive youve weve theyve ill youll hell shell well theyll youre were theyre thats theres whats lets
    get gets got getting gotten goes going went gone come comes came coming make makes made making
    take takes took taken taking give gives gave given put puts let use used using try tried say says said tell tells
    told know knows knew known see sees saw seen find found think thought want wants wanted need needs needed
    ask asks asked feel feels felt keep keeps kept look looks looked seem seems seemed
    wish wishes wished hope hoped please
    now today yesterday tomorrow always often sometimes again once twice already still soon later ago ever
    very too just only also even much many more most less least few little lot lots quite rather really almost enough
    maybe perhaps actually all such same own back away like yes such
    two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand
    first second third minute minutes hour hours day days week weeks month months year years time times
    monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december
    etc mrs plus stand stands stood standing sit sits sat left leave leaves show shows showed shown call calls called
    """
)

# They say how somebody liked it, which the rating says, too, and not what.
JUDGING = _words(
    """
    gut gute guten guter gutes gutem besser beste besten bester bestes super toll tolle tollen
    toller tolles klasse prima schoen schoene schoenen schoener schoenes perfekt perfekte perfekten perfekter perfektes
    wunderbar wunderbare
    schlecht schlechte schlechten schlechter schlechtes furchtbar schrecklich katastrophe mies danke dank okay
    gefaellt gefallen gefiel zufrieden unzufrieden reicht richtig falsch
    good better best great nice fine perfect excellent wonderful awesome amazing lovely love loved loves like liked
    bad worse worst terrible awful horrible poor poorly fair okay thank thanks happy unhappy satisfied dissatisfied
    right wrong work works worked working thing things way whole
    """
)

SILENT = GERMAN | ENGLISH | JUDGING | TURNING
