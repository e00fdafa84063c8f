"""Pages by which a site serves its readers, and articles that only tell of what such pages are about."""

from __future__ import annotations

import pytest

from feedpub.extract import understand
from feedpub.model import Document, Rules

SERVICE = {
    "privacy-en": """Salthaven Courier
News Sport Opinion
Privacy Policy
Last updated: 3 March 2026
This policy explains what personal information the Salthaven Courier collects when you visit our website, and why.
Information we collect
When you register for an account we ask for your name, your postal address and an e-mail address that you read.
Our servers log the pages that you open, and the address from which you opened them, for a period of ninety days.
How we use it
We use this information to deliver the paper to you, to answer your letters and to keep our services secure.
Your rights
You may ask us at any time for a copy of what we hold about you, and you may ask us to correct or delete it.
Contact us
© 2026 Salthaven Courier""",
    "terms-fr": """La Gazette du Port
Accueil
Conditions générales d'utilisation
Mis à jour le 12 janvier 2026
Les présentes conditions régissent l'accès au site de La Gazette du Port et son utilisation par tout internaute.
En consultant le site, vous acceptez sans réserve les présentes conditions, dont vous avez pris connaissance.
Article 1. Objet
L'éditeur met à la disposition de l'utilisateur des contenus d'information pour son usage strictement personnel.
Article 2. Responsabilité
Nous ne pouvons être tenus pour responsables d'une interruption du service ni des contenus publiés par des tiers.
Mentions légales
Plan du site""",
    "cookies-es": """El Faro de Poniente
Política de cookies
Última actualización: 4 de febrero de 2026
Este sitio web utiliza cookies propias y de terceros para recordar sus preferencias y elaborar estadísticas de uso.
Una cookie es un pequeño fichero de texto que el navegador guarda en su ordenador cuando usted visita una página.
Puede usted permitir, bloquear o eliminar las cookies instaladas en su equipo mediante la configuración del navegador.
Si tiene dudas sobre esta política, puede escribirnos a la dirección de correo que figura en el aviso legal.
Aviso legal""",
    "imprint-de": """Küstenblatt
Startseite
Impressum
Stand: 2. März 2026
Küstenblatt Verlags GmbH, Am Deich 4, 26999 Siel. Vertreten durch die Geschäftsführerin Hanna Petersen.
Telefon: 04999 1234, E-Mail: redaktion@kuestenblatt.example, Handelsregister Siel, HRB 1234.
Verantwortlich für den Inhalt nach § 18 Abs. 2 MStV ist die Chefredakteurin Hanna Petersen, Anschrift wie oben.
Trotz sorgfältiger inhaltlicher Kontrolle übernehmen wir keine Haftung für die Inhalte externer Links.
Datenschutz""",
    "privacy-de": """Küstenblatt
Datenschutzerklärung
Stand: 2. März 2026
Der Schutz Ihrer persönlichen Daten ist uns ein besonderes Anliegen. Wir verarbeiten sie nach dem Gesetz.
Wenn Sie unsere Website besuchen, werden auf dem Server Name der Datei, Datum und Uhrzeit des Abrufs gespeichert.
Sie haben das Recht auf Auskunft, Berichtigung, Löschung und Einschränkung der Verarbeitung Ihrer Daten.
Impressum""",
    "privacy-ru": """Вестник гавани
Политика конфиденциальности
Дата публикации: 5 февраля 2026 г.
Настоящая политика определяет порядок обработки персональных данных пользователей сайта «Вестник гавани».
Используя сайт, пользователь выражает согласие с обработкой своих персональных данных на указанных условиях.
Мы не передаём данные пользователей третьим лицам, за исключением случаев, предусмотренных законом.
Контакты""",
    "privacy-ja": """港湾新報
トップ
プライバシーポリシー
2026年2月3日
港湾新報社（以下「当社」といいます）は、お客様の個人情報を適切に保護することを社会的責務と考えています。
当社が取得した個人情報は、ご注文の確認、サービスの提供、お問い合わせへの回答のために利用いたします。
お客様ご本人の同意なく、個人情報を第三者に提供することはありません。
お問い合わせ""",
    "terms-zh": """海港日报
用户协议
发布时间：2026年1月9日
欢迎您使用海港日报网站提供的各项服务，请您在注册之前仔细阅读本协议的全部内容。
用户应当妥善保管自己的账号和密码，并对以该账号进行的所有活动承担法律责任。
本网站有权根据需要随时修改本协议，修改后的协议一经公布即行生效。
联系我们""",
    "privacy-ar": """صحيفة المرفأ
سياسة الخصوصية
آخر تحديث: 7 فبراير 2026
نحترم خصوصية زوار موقعنا، وتوضح هذه السياسة أنواع المعلومات الشخصية التي نجمعها وكيفية استخدامها وحمايتها.
عند تسجيل حساب في الموقع نطلب منك اسمك وعنوان بريدك الإلكتروني لنتمكن من تقديم خدماتنا لك.
لا نشارك بياناتك الشخصية مع أي طرف ثالث إلا بعد الحصول على موافقتك أو وفق ما يقتضيه القانون.
اتصل بنا""",
    "privacy-tr": """Liman Postası
Gizlilik Politikası
Güncelleme: 8 Şubat 2026
Liman Postası olarak ziyaretçilerimizin kişisel verilerinin gizliliğine ve güvenliğine büyük önem veriyoruz.
Sitemizi ziyaret ettiğinizde tarayıcınızın türü, adresiniz ve açtığınız sayfalar sunucularımızda kaydedilir.
Kişisel verileriniz, açık rızanız olmadan üçüncü kişilerle paylaşılmaz ve yurt dışına aktarılmaz.
Künye""",
    "privacy-ko": """항구일보
개인정보처리방침
시행일 2026년 2월 10일
항구일보는 이용자의 개인정보를 중요하게 생각하며 개인정보 보호법을 준수하기 위해 노력하고 있습니다.
회사는 회원 가입과 서비스 제공을 위해 이름, 전자우편 주소 등 최소한의 개인정보를 수집합니다.
이용자는 언제든지 자신의 개인정보를 조회하거나 수정할 수 있으며 동의 철회를 요청할 수 있습니다.
회사소개""",
    "login-en": """Salthaven Courier
Sign in to your account
Enter the e-mail address and password that you chose when you first registered with the Salthaven Courier.
Forgot your password?
Remember me on this computer
New to the Courier? Create an account to read five articles a month and to receive our letters in the morning.
Need help signing in? Call our reader service, which is open from eight in the morning until six at night.""",
    "login-nl": """Havenbode
Inloggen
Log in met uw e-mailadres en wachtwoord om alle artikelen van de Havenbode op uw telefoon of tablet te lezen.
Wachtwoord vergeten?
Heeft u nog geen account? Maak dan gratis een account aan en lees elke maand vijf artikelen van onze redactie.
Klantenservice""",
    "subscribe-pt": """Diário do Cais
Assine o Diário do Cais
2 de março de 2026
Tenha acesso ilimitado a todas as reportagens, colunas e boletins do jornal por apenas um real no primeiro mês.
Você pode cancelar a sua assinatura quando quiser, sem multa e sem precisar falar com a nossa central.
Já é assinante? Faça login com o seu e-mail e a sua senha para continuar lendo.
Planos""",
    "search-en": """Salthaven Courier
Search results for “ferry”
Sort by date
1. New ferry timetable angers the islanders
2 March 2026 - The harbour board has cut the last evening crossing, and nobody on the islands was asked about it.
2. Old ferry sold to a museum in the north
27 February 2026 - The steam ferry that carried four generations of Salthaven children to school has a new home.
3. Ferry fares rise again in the spring
20 February 2026 - A single crossing will cost nine crowns from April, the company announced on Friday.
Next page""",
    "jobs-de": """Küstenblatt
Stellenangebote
02.03.2026
Redakteurin oder Redakteur für die Lokalausgabe Siel (m/w/d)
Sie schreiben gern, kennen die Küste und arbeiten auch am Wochenende? Dann freuen wir uns auf Ihre Bewerbung.
Mediaberater im Außendienst (m/w/d)
Wir bieten Ihnen ein festes Gehalt, einen Dienstwagen und dreißig Tage Urlaub in einem freundlichen Team.
Zusteller in Teilzeit (m/w/d)
Sie stehen gern früh auf? Wir suchen ab sofort Zusteller für unsere Tageszeitung in allen Orten am Deich.
Jetzt bewerben""",
    "maintenance-it": """La Voce del Molo
Sito in manutenzione
Stiamo lavorando per migliorare il nostro sito e torneremo online il prima possibile con molte novità per voi.
Ci scusiamo per il disagio e vi ringraziamo per la pazienza. Potete seguirci intanto sulle nostre pagine sociali.
2 marzo 2026""",
    "browser-pl": """Kurier Portowy
Twoja przeglądarka nie jest obsługiwana
Używasz przestarzałej wersji przeglądarki, dlatego niektóre części naszej strony mogą nie działać prawidłowo.
Aby w pełni korzystać z serwisu, zainstaluj najnowszą wersję jednej z poniższych przeglądarek.
Chrome Firefox Safari Edge""",
    "age-sv": """Hamnbladet
Bekräfta din ålder
Den här sidan innehåller reklam för öl och vin och riktar sig endast till dig som har fyllt tjugo år.
Genom att gå vidare intygar du att du är gammal nog och att du godkänner våra villkor för sidan.
Ja, jag har fyllt 20
Nej""",
    "newsletter-fr": """La Gazette du Port
Confirmez votre inscription
Merci de vous être inscrit à notre lettre d'information. Un message vient de vous être envoyé à l'adresse indiquée.
Cliquez sur le lien qu'il contient pour confirmer votre inscription. Pensez à regarder dans vos courriers indésirables.
2 mars 2026""",
    "captcha-id": """Warta Pelabuhan
Memeriksa peramban Anda
Harap tunggu beberapa detik sementara kami memastikan bahwa Anda bukan robot dan koneksi Anda aman.
Halaman akan dimuat secara otomatis setelah pemeriksaan selesai, Anda tidak perlu melakukan apa pun.
ID permintaan: 8f2a77c1""",
}
TOLD = {
    "privacy-en": """Privacy policy of the ferry company angers its passengers
By Ada Merrow
3 March 2026
The Salthaven ferry company has changed its privacy policy, and its passengers learned of it from a notice on the quay.
From April the company will sell the names and journeys of those who buy their tickets with its app, the notice says.
“Nobody asked me whether I wanted that,” said Tom Harker, who crosses twice a day. “I would rather row than agree.”
A spokeswoman said that the company would collect no more data than before, and that users could object by letter.""",
    "privacy-column-en": """Opinion
Your privacy policy is lying to you
By Ada Merrow
3 March 2026
You have never read one to the end, and neither have I. We click, we agree, and we get on with our day at the harbour.
Last month I read all of them, for every app on my telephone, and it took me four evenings and a pot of tea each.
What I found is that we are asked to consent to things that nobody who wrote these texts could explain to you or me.""",
    "captcha-de": """Warum Captchas immer schwerer werden
Von Hanna Petersen
02.03.2026
„Ich bin kein Roboter“: Millionen Menschen klicken diesen Satz jeden Tag an, ohne lange darüber nachzudenken.
Forscher der Hochschule Siel haben nun gezeigt, dass Programme die Bilderrätsel längst schneller lösen als wir.
Die Betreiber von Webseiten suchen deshalb nach anderen Wegen, ihre Besucher von Maschinen zu unterscheiden.""",
    "jobs-fr": """Offres d'emploi : le port recrute deux cents dockers
2 mars 2026 à 10h14
Le port cherche deux cents dockers avant l'été, a annoncé lundi sa directrice lors d'une visite du nouveau terminal.
Les candidats n'ont pas besoin de diplôme, mais ils devront suivre une formation de six semaines payée par le port.
Les syndicats saluent ces embauches, qu'ils réclamaient depuis la grande grève de l'automne dernier.""",
    "login-es": """Iniciar sesión con la huella será obligatorio en los bancos
2 de marzo de 2026
Los bancos de la comarca pedirán la huella a los clientes que quieran entrar en su cuenta desde el teléfono.
La medida llega tras el robo de doce mil contraseñas en una oficina de Poniente durante el pasado invierno.
Una asociación de usuarios teme que los mayores se queden sin acceso a su dinero y pide una moratoria de un año.""",
    "maintenance-it": """Ponte in manutenzione, traffico in tilt
2 marzo 2026
Il ponte girevole resterà chiuso per manutenzione fino a venerdì e le auto dovranno passare dalla strada del faro.
Il comune si scusa per il disagio e invita i pendolari a prendere il traghetto, che per tre giorni sarà gratuito.
I commercianti del molo protestano: nelle prime ore della mattina hanno perso metà dei clienti, dicono.""",
    "policy-ru": """Суд отменил политику конфиденциальности паромной компании
5 февраля 2026
Суд города Гавани признал недействительной политику конфиденциальности паромной компании, сообщил её адвокат.
Компания передавала персональные данные пассажиров рекламному агентству, хотя согласия они не давали.
Теперь она должна удалить сведения о сорока тысячах человек и выплатить штраф до конца весны.""",
    "age-ja": """年齢確認、自販機でも義務化へ
2026年2月3日
県は３日、酒類の自動販売機に年齢確認の機能を付けるよう義務づける条例案を議会に提出する方針を固めた。
対象となるのは県内におよそ四百台ある販売機で、設置した店は来年の春までに改修を終える必要がある。
小売店の組合は、費用の半分を県が負担するよう求めている。""",
}


def is_article(printed: str) -> bool:
    return understand(Document("page.txt", printed.encode(), ""), Rules()).article is not None


@pytest.mark.parametrize("name", SERVICE)
def test_a_page_that_serves_the_reader_is_no_article(name: str) -> None:
    assert not is_article(SERVICE[name])


@pytest.mark.parametrize("name", TOLD)
def test_an_article_on_what_such_pages_are_about_is_one(name: str) -> None:
    assert is_article(TOLD[name])


def test_a_signed_article_whose_headline_is_the_name_of_a_service_stays() -> None:
    printed = SERVICE["privacy-en"].replace("Last updated", "By Ada Merrow\nLast updated")
    assert is_article(printed)
