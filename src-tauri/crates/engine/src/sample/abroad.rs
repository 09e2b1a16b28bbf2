//! Tickets in the customers' own languages. Each belongs to an issue that others describe in English.

use super::accounts::Region;

pub(super) struct Letter {
    pub(super) from: Region,
    pub(super) issue: &'static str,
    pub(super) title: &'static str,
    pub(super) body: &'static str,
}

pub(super) const LETTERS: [Letter; 17] = [
    Letter {
        from: Region::German,
        issue: "session-loop",
        title: "Sitzung abgelaufen, Endlosschleife bei der Anmeldung",
        body: "Guten Tag,\n\nseit dem Update auf {version} werden unsere Kunden sofort nach der Anmeldung \
               wieder abgemeldet: „Ihre Sitzung ist abgelaufen“. Betroffen sind alle, die das Portal über \
               unser Intranet öffnen. Bitte um schnelle Rückmeldung, es kann niemand bestellen.\n\nMit \
               freundlichen Grüßen\n{name}",
    },
    Letter {
        from: Region::German,
        issue: "pdf-boxes",
        title: "Sonderzeichen fehlen auf der Rechnung",
        body: "Hallo zusammen,\n\nauf {invoice} stehen statt der polnischen Buchstaben nur leere Kästchen. \
               In der Vorschau ist alles richtig, erst im PDF ist es falsch. Wir verwenden unsere eigene \
               Vorlage.\n\nViele Grüße\n{name}",
    },
    Letter {
        from: Region::German,
        issue: "stale-prices",
        title: "Neue Preisliste wird nicht übernommen",
        body: "Wir haben gestern die neue Preisliste eingespielt ({many} Preise, keine Fehler). Im Shop \
               stehen immer noch die alten Preise. Was müssen wir tun?",
    },
    Letter {
        from: Region::German,
        issue: "negative-stock",
        title: "Negativer Bestand nach Inventur",
        body: "Nach der Inventur hat Artikel {sku} einen Bestand von minus {n}. Gezählt wurden {many} \
               Stück. Die Zählliste wurde versehentlich zweimal gebucht.",
    },
    Letter {
        from: Region::German,
        issue: "credit-note-null",
        title: "Gutschrift kann nicht erstellt werden",
        body: "Beim Klick auf „Gutschrift erstellen“ kommt nur „Ein unerwarteter Fehler ist aufgetreten“ \
               (NullReferenceException). Die Rechnung {invoice} hat keine Kostenstelle, vielleicht liegt \
               es daran.",
    },
    Letter {
        from: Region::German,
        issue: "sftp-host-key",
        title: "SFTP-Übertragung seit Serverumzug gestört",
        body: "Wir haben unseren SFTP-Server auf eine neue Maschine umgezogen. Seitdem holt Connect keine \
               Dateien mehr ab. Im Protokoll steht „knownhosts: key mismatch“.",
    },
    Letter {
        from: Region::French,
        issue: "coupon-total",
        title: "Impossible de valider la commande avec un code promo",
        body: "Bonjour,\n\ndepuis la mise à jour, nos clients ne peuvent plus payer lorsqu'un code promo \
               en pourcentage est appliqué. Le message est « Les totaux ne correspondent pas ». Sans le \
               code, tout fonctionne. Nous sommes en pleine campagne, merci de votre \
               aide.\n\nCordialement,\n{name}",
    },
    Letter {
        from: Region::French,
        issue: "reset-mail",
        title: "Je ne reçois pas le mail de réinitialisation",
        body: "Bonjour, j'ai cliqué plusieurs fois sur « mot de passe oublié » et je n'ai rien reçu. J'ai \
               vérifié les indésirables. Mon identifiant est {user}. Merci !",
    },
    Letter {
        from: Region::French,
        issue: "carrier-timeout",
        title: "Étiquettes de transport : délai dépassé",
        body: "Le poste d'emballage affiche « HTTP 504 » après trente secondes, pour un colis sur deux. Le \
               camion passe à 17 h. Est-ce un problème chez le transporteur ?",
    },
    Letter {
        from: Region::French,
        issue: "empty-schedule",
        title: "Le rapport planifié est vide",
        body: "Le rapport du matin est vide depuis {n} jours, alors que lancé à la main il contient bien \
               les chiffres. Il avait été créé par un collègue qui a quitté l'entreprise.",
    },
    Letter {
        from: Region::Iberian,
        issue: "mfa-rejected",
        title: "El código del autenticador no es válido",
        body: "Hola, desde que cambié de teléfono el código de seis dígitos no funciona y la cuenta {user} \
               está bloqueada. ¿Pueden restablecer el segundo factor? Gracias.",
    },
    Letter {
        from: Region::Iberian,
        issue: "order-csv-empty",
        title: "La importación termina con 0 filas",
        body: "Subimos el fichero de pedidos en CSV y el resultado es «0 filas importadas, 0 errores». El \
               fichero tiene {many} líneas separadas por punto y coma.",
    },
    Letter {
        from: Region::Japanese,
        issue: "csv-encoding",
        title: "商品CSVの取り込みで文字コードエラーになります",
        body: "お世話になっております。商品マスタのCSVを取り込むと UnicodeDecodeError が発生し、1件も登録されません。Excel \
               で保存したファイルです。\n\n先月までは同じ手順で取り込めていました。ご確認をお願いいたします。\n\n{name}",
    },
    Letter {
        from: Region::Japanese,
        issue: "blank-after-login",
        title: "ログイン後に画面が真っ白になります",
        body: "ポータルにログインすると白い画面のまま何も表示されません。複数の会社に所属しているユーザーだけで発生しています。バージョンは {version} です。\n\nChrome \
               の開発者ツールに次のエラーが出ていました: Cannot read properties of undefined (reading 'tenantId')",
    },
    Letter {
        from: Region::Levant,
        issue: "chunk-load",
        title: "הדף \"הזמנות\" לא נטען בפורטל",
        body: "שלום רב,\n\nמאז העדכון אתמול בלילה הדף \"הזמנות\" בפורטל נשאר אפור. בהודעת השגיאה כתוב \
               ChunkLoadError. רענון של הדף לא עזר.\n\nבברכה,\n{name}",
    },
    Letter {
        from: Region::Gulf,
        issue: "rate-limit",
        title: "رسالة خطأ 429 عند مزامنة المخزون",
        body: "مرحبًا،\n\nمنذ الأمس تعيد واجهة البرمجة الرمز HTTP 429 عند مزامنة المخزون كل خمس دقائق. هل \
               يمكن رفع الحد المسموح به؟\n\nمع الشكر،\n{name}",
    },
    Letter {
        from: Region::Polish,
        issue: "payment-pending",
        title: "Płatności kartą pozostają w statusie „oczekujące”",
        body: "Dzień dobry, od wczoraj żadna płatność kartą nie jest potwierdzana, chociaż operator \
               pokazuje ją jako opłaconą. W zeszłym tygodniu wymieniliśmy klucz podpisu. Proszę o pomoc.",
    },
];
