import type { Scenario } from '../scenario.ts';

/** Une campagne qui blesse : les deux premières heures d’un bad buzz, vécues par quatre personnes de Maison Aurore. */
export const campaignFr: Scenario = {
  id: 'campaign-fr',
  language: 'fr',
  title: 'La campagne « Maman s’occupe de tout »',
  intro: [
    'Maison Aurore fabrique des soupes. Sa nouvelle campagne, lancée hier soir, est accusée de sexisme.',
    'Claire dirige la communication et la crise ; Marc est chargé de communication et la supplée, ainsi que Tom, qui dirige',
    'le marketing. Helen est directrice juridique, Anne directrice générale. Helen, Tom et Anne utilisent Slack en anglais :',
    'ce qu’ils sont seuls à voir est en anglais. La cellule, elle, parle la langue de l’entreprise, ici le français.',
  ].join('\n'),
  steps: [
    {
      id: 'alerte',
      as: 'Marc',
      tell: 'Marc, qui suit les réseaux, signale ce qu’il voit au service communication.',
      act: {
        say: 'Depuis {T-40}, notre vidéo « Maman s’occupe de tout » est reprise avec le mot-clé #MamanÀLaCuisine : 6 200 publications, 80 % de critiques. Le compte @pasvotrebonne (310 000 abonnés) demande notre réponse. 20 Minutes a écrit au service presse.',
        where: '#communication',
      },
      shows: { in: '#communication', text: 'est reprise avec le mot-clé #MamanÀLaCuisine' },
    },
    {
      id: 'declencher',
      as: 'Claire',
      tell: 'Claire déclenche une crise depuis ce message : rien n’est à recopier.',
      act: {
        shortcut: 'Declare a crisis',
        on: 'est reprise avec le mot-clé #MamanÀLaCuisine',
        where: '#communication',
      },
      shows: { in: 'form', text: '6 200 publications, 80 % de critiques' },
    },
    {
      id: 'faits',
      as: 'Claire',
      tell: 'Le message et son lien sont déjà dans le formulaire. Elle donne un titre et un niveau : incident, pour commencer.',
      act: {
        fill: {
          title: 'Campagne accusée de sexisme',
          level: 'incident',
          playbook: 'campaign',
          privacy: 'private',
        },
        submit: true,
      },
      shows: { in: 'room', text: 'Service Juridique alerté' },
    },
    {
      id: 'marketing-repond',
      as: 'Tom',
      tell: 'La cellule est ouverte. Tom répond pour le marketing ; Helen, au tribunal, ne répond pas.',
      act: { press: 'Je m’en charge', in: 'room', containing: 'Service Marketing alerté' },
      shows: { in: 'room', text: 'Marketing : Tom Becker s’en charge' },
    },
    {
      id: 'tache-captures',
      as: 'Claire',
      tell: 'Premier réflexe : garder la preuve de ce qui se dit, sans répondre. Marc entre ainsi dans la cellule.',
      act: {
        command:
          '/crise tâche Capturer les dix critiques les plus relayées (lien, auteur, heure), sans y répondre @Marc dans 20 min',
        where: 'room',
      },
      shows: { in: 'room', text: 'Capturer les dix critiques les plus relayées' },
    },
    {
      id: 'tache-suspendre',
      as: 'Claire',
      tell: 'Deuxième réflexe : suspendre la diffusion, le temps de comprendre.',
      act: {
        command: '/crise tâche Suspendre la campagne partout : réseaux, affichage, TV, partenaires @Tom dans 30 min',
        where: 'room',
      },
      shows: { in: 'room', text: 'Suspendre la campagne partout' },
    },
    {
      id: 'captures-faites',
      as: 'Marc',
      tell: 'Marc a déjà ses captures : un clic, et chacun le sait.',
      act: { press: 'Terminée', in: 'room', containing: 'Capturer les dix critiques' },
      shows: { in: 'room', text: 'Terminée par Marc Delacroix' },
    },
    {
      id: 'lecture',
      as: 'Marc',
      tell: 'Il dit ce qui est reproché, exactement : on écoute avant de parler.',
      act: {
        say: 'Première lecture : ce n’est pas la soupe, c’est la chute. « Maman s’occupe de tout, vous, reposez-vous » montre un père et deux enfants servis à table. Trois reproches : cliché, mépris, et le père moqué.',
        where: 'room',
      },
      shows: { in: 'room', text: 'ce n’est pas la soupe, c’est la chute' },
    },
    {
      id: 'epingler-lecture',
      as: 'Claire',
      tell: 'Une punaise sur un message l’ajoute à la main courante, mot pour mot.',
      act: { react: 'pushpin', to: 'ce n’est pas la soupe, c’est la chute' },
      shows: { in: 'room', text: 'et le père moqué. :pushpin: 1' },
    },
    {
      id: 'silence',
      as: 'time',
      tell: 'Quinze minutes sans réponse du juridique, qui n’a pas de suppléant : Claire est prévenue, personne d’autre.',
      act: { wait: 16 },
      shows: { in: 'dm', text: 'Personne n’a répondu pour le service Juridique', by: 'Claire' },
    },
    {
      id: 'juridique-repond',
      as: 'Helen',
      tell: 'Claire appelle Helen, qui sort d’audience et répond pour le juridique.',
      act: { press: 'Je m’en charge', in: 'room', containing: 'Juridique : personne n’a répondu' },
      shows: { in: 'room', text: 'Juridique : Helen Park s’en charge' },
    },
    {
      id: 'bloquee',
      as: 'Tom',
      tell: 'Tom est bloqué, et le dit tout de suite.',
      act: { press: 'Bloquer…', in: 'room', containing: 'Suspendre la campagne partout' },
      shows: { in: 'form', text: 'What is in the way?' },
    },
    {
      id: 'bloquee-pourquoi',
      as: 'Tom',
      tell: 'Avec la raison : la directrice de crise la lit aussitôt.',
      act: {
        fill: {
          reason:
            'Réseaux et TV : suspendus. L’afficheur ne décolle rien sans un ordre écrit de la direction générale.',
        },
        submit: true,
      },
      shows: { in: 'room', text: 'est bloquée, signale Tom Becker' },
    },
    {
      id: 'niveau',
      as: 'Claire',
      tell: 'Une association appelle au boycott. Claire relève le niveau et dit pourquoi : la direction générale est alertée.',
      act: {
        command:
          '/crise niveau crise une association appelle au boycott et franceinfo veut une réaction pour son journal de {T+140}',
        where: 'room',
      },
      shows: { in: 'room', text: 'Comité de direction alerté' },
    },
    {
      id: 'direction-repond',
      as: 'Anne',
      tell: 'Anne répond.',
      act: { press: 'Je m’en charge', in: 'room', containing: 'Comité de direction alerté' },
      shows: { in: 'room', text: 'Direction : Anne Whitfield s’en charge' },
    },
    {
      id: 'reattribuer',
      as: 'Claire',
      tell: 'La tâche bloquée passe à celle qui peut signer l’ordre.',
      act: { press: 'Réattribuer…', in: 'room', containing: 'Suspendre la campagne partout' },
      shows: { in: 'form', text: 'Qui s’en charge désormais ?' },
    },
    {
      id: 'reattribuee',
      as: 'Claire',
      tell: 'Anne reçoit la tâche dans un message à elle.',
      act: { fill: { assignee: 'Anne Whitfield' }, submit: true },
      shows: { in: 'dm', text: 'Suspendre la campagne partout', by: 'Anne' },
    },
    {
      id: 'suspendue',
      as: 'Anne',
      tell: 'Anne envoie l’ordre à l’afficheur ; c’est fait.',
      act: { press: 'Terminée', in: 'room', containing: 'Suspendre la campagne partout' },
      shows: { in: 'room', text: 'Terminée par Anne Whitfield' },
    },
    {
      id: 'decision',
      as: 'Anne',
      tell: 'Une décision se consigne avec sa raison : c’est ce que l’on demandera dans six mois.',
      act: {
        command:
          '/crise noter Décision : la campagne est retirée définitivement, pas seulement suspendue. Raison : le reproche est fondé, et la défendre le prolongerait.',
        where: 'room',
      },
      shows: { in: 'reply', text: 'la campagne est retirée définitivement' },
    },
    {
      id: 'rediger',
      as: 'Marc',
      tell: 'Marc rédige la réponse, là où la critique est née : sur Instagram.',
      act: { command: '/crise communiqué Nous retirons notre campagne', where: 'room' },
      shows: { in: 'form', text: 'Rédiger un communiqué' },
    },
    {
      id: 'version-1',
      as: 'Marc',
      tell: 'Première version, et demande de validation.',
      act: {
        fill: {
          kind: 'social_post',
          audience: 'public',
          language: 'fr',
          part_1:
            'Nous sommes désolés si certaines personnes ont pu se sentir heurtées par notre vidéo. Notre intention était de rendre hommage aux mamans avec humour. Nous avons suspendu la campagne.',
          submit: ['now'],
        },
        submit: true,
      },
      shows: { in: 'room', text: 'Nous sommes désolés si certaines personnes' },
    },
    {
      id: 'refuser',
      as: 'Helen',
      tell: 'Helen a reçu le texte entier. Elle le refuse.',
      act: { press: 'Reject…', in: 'dm', containing: 'Nous sommes désolés si certaines personnes' },
      shows: { in: 'form', text: 'Why do you reject it?' },
    },
    {
      id: 'refuser-pourquoi',
      as: 'Helen',
      tell: 'Un refus a toujours un motif : Marc le lit, la main courante le garde.',
      act: {
        fill: {
          reason:
            '« Désolés si » n’est pas une excuse, et « notre intention » nous fait plaider. La campagne est retirée, pas suspendue : dites-le. Écrivez ce que nous changeons, et quand nous reparlerons.',
        },
        submit: true,
      },
      shows: { in: 'room', text: '« Désolés si » n’est pas une excuse' },
    },
    {
      id: 'reprendre',
      as: 'Marc',
      tell: 'Marc reprend son texte depuis le message qui lui donne le motif.',
      act: { press: 'Modifier…', in: 'dm', containing: '« Désolés si » n’est pas une excuse' },
      shows: { in: 'form', text: 'Modifier communiqué 1' },
    },
    {
      id: 'version-2',
      as: 'Marc',
      tell: 'Version 2 : l’erreur est dite, le retrait est daté, la suite est promise à une heure précise.',
      act: {
        fill: {
          part_1:
            'Notre vidéo « Maman s’occupe de tout », publiée hier soir, a blessé. C’est une erreur de notre part et nous nous en excusons.\n\nNous l’avons retirée ce matin, sur tous les supports. Nous revoyons la manière dont nos campagnes sont relues, et nous rencontrons cette semaine les associations qui nous ont écrit.\n\nNous dirons ici, demain à 18 h 30, ce que nous changeons. Pour nous écrire : ecoute@maison-aurore.example.',
          submit: ['now'],
        },
        submit: true,
      },
      shows: { in: 'room', text: 'Nous dirons ici, demain à 18 h 30' },
    },
    {
      id: 'valider-communication',
      as: 'Claire',
      tell: 'Claire valide, pour la communication et comme directrice de crise.',
      act: { press: 'Valider', in: 'room', containing: 'Nous dirons ici, demain à 18 h 30' },
      shows: { in: 'room', text: '✅ Directeur de crise : Claire Fontaine' },
    },
    {
      id: 'hesiter',
      as: 'Anne',
      tell: 'Anne s’apprête à valider ; Slack lui demande de confirmer, et un journaliste l’appelle.',
      act: { press: 'Approve', in: 'dm', containing: 'Nous dirons ici, demain à 18 h 30', hesitates: true },
      shows: { in: 'dm', text: 'Nous dirons ici, demain à 18 h 30' },
    },
    {
      id: 'heure-fausse',
      as: 'Marc',
      tell: 'Marc s’aperçoit que le rendez-vous de demain est à 12 h 30, pas à 18 h 30.',
      act: { press: 'Modifier…', in: 'room', containing: 'Nous dirons ici, demain à 18 h 30' },
      shows: { in: 'form', text: 'Modifier communiqué 1' },
    },
    {
      id: 'version-3',
      as: 'Marc',
      tell: 'Version 3. Un mot a changé : la validation de Claire tombe, et la carte le dit.',
      act: {
        fill: {
          part_1:
            'Notre vidéo « Maman s’occupe de tout », publiée hier soir, a blessé. C’est une erreur de notre part et nous nous en excusons.\n\nNous l’avons retirée ce matin, sur tous les supports. Nous revoyons la manière dont nos campagnes sont relues, et nous rencontrons cette semaine les associations qui nous ont écrit.\n\nNous dirons ici, demain à 12 h 30, ce que nous changeons. Pour nous écrire : ecoute@maison-aurore.example.',
          submit: ['now'],
        },
        submit: true,
      },
      shows: { in: 'room', text: 'Validation de la version précédente annulée' },
    },
    {
      id: 'perimee',
      as: 'Anne',
      tell: 'Anne raccroche et confirme ce qu’elle avait sous les yeux. Sa validation est refusée : le texte n’est plus le même.',
      act: { confirm: 'Approve' },
      shows: { in: 'reply', text: 'Nothing was recorded' },
    },
    {
      id: 'valider-direction',
      as: 'Anne',
      tell: 'Elle lit la version 3 et la valide.',
      act: { press: 'Approve', in: 'dm', containing: 'Nous dirons ici, demain à 12 h 30' },
      shows: { in: 'room', text: '✅ Direction : Anne Whitfield', on: 'Nous dirons ici, demain à 12 h 30' },
    },
    {
      id: 'valider-juridique',
      as: 'Helen',
      tell: 'Helen valide à son tour.',
      act: { press: 'Approve', in: 'dm', containing: 'Nous dirons ici, demain à 12 h 30' },
      shows: { in: 'room', text: '✅ Juridique : Helen Park', on: 'Nous dirons ici, demain à 12 h 30' },
    },
    {
      id: 'revalider',
      as: 'Claire',
      tell: 'Claire relit et valide de nouveau : toutes les validations sont réunies.',
      act: { press: 'Valider', in: 'dm', containing: 'Nous dirons ici, demain à 12 h 30' },
      shows: { in: 'room', text: 'Il peut être publié exactement tel quel' },
    },
    {
      id: 'publier',
      as: 'Claire',
      tell: 'Claire publie elle-même sur Instagram, puis l’indique : le bot ne publie jamais.',
      act: { press: 'Marquer comme publié…', in: 'room', containing: 'Nous dirons ici, demain à 12 h 30' },
      shows: { in: 'form', text: 'Dites-lui où et quand vous l’avez fait' },
    },
    {
      id: 'publie',
      as: 'Claire',
      tell: 'Où et quand : c’est ce que l’on cherchera plus tard.',
      act: {
        fill: { url: 'https://instagram.example/maison-aurore/p/7412', where: 'Réponse épinglée sous la vidéo, site' },
        submit: true,
      },
      shows: { in: 'room', text: '(indiqué par Claire Fontaine)' },
    },
    {
      id: 'note-interne',
      as: 'Claire',
      tell: 'Les salariés ne doivent pas l’apprendre par la presse. Claire rédige une note interne.',
      act: { command: '/crise communiqué Note aux équipes', where: 'room' },
      shows: { in: 'form', text: 'Rédiger un communiqué' },
    },
    {
      id: 'note-interne-texte',
      as: 'Claire',
      tell: 'Ce que nous savons, ce que nous faisons, ce que nous demandons.',
      act: {
        fill: {
          kind: 'internal_note',
          audience: 'employees',
          language: 'fr',
          part_1:
            'Bonjour à toutes et à tous,\n\nNotre campagne « Maman s’occupe de tout » a blessé. Nous l’avons retirée et nous nous en excusons publiquement.\n\nMerci de ne pas commenter, même pour nous défendre, et d’orienter toute question vers presse@maison-aurore.example. Si vous-même avez été heurté, votre responsable et les ressources humaines sont là pour vous écouter.\n\nProchain message demain à 12 h 30.',
          submit: ['now'],
        },
        submit: true,
      },
      shows: { in: 'room', text: 'Merci de ne pas commenter' },
    },
    {
      id: 'note-suppleant',
      as: 'Marc',
      tell: 'Nul ne valide ses propres mots : Marc valide pour la communication, comme suppléant.',
      act: { press: 'Valider', in: 'dm', containing: 'Merci de ne pas commenter' },
      shows: { in: 'room', text: '✅ Communication (en tant que suppléant) : Marc Delacroix' },
    },
    {
      id: 'note-juridique',
      as: 'Helen',
      tell: 'Helen valide : une note interne finit souvent dans la presse.',
      act: { press: 'Approve', in: 'dm', containing: 'Merci de ne pas commenter' },
      shows: { in: 'room', text: '✅ Juridique : Helen Park', on: 'Merci de ne pas commenter' },
    },
    {
      id: 'note-publier',
      as: 'Claire',
      tell: 'La note part à tous.',
      act: { press: 'Marquer comme publié…', in: 'room', containing: 'Merci de ne pas commenter' },
      shows: { in: 'form', text: 'Dites-lui où et quand vous l’avez fait' },
    },
    {
      id: 'note-publiee',
      as: 'Claire',
      tell: 'Sans adresse web : elle dit où.',
      act: { fill: { where: 'Intranet et e-mail aux 640 salariés' }, submit: true },
      shows: { in: 'room', text: 'Intranet et e-mail aux 640 salariés' },
    },
    {
      id: 'tache-influenceuses',
      as: 'Tom',
      tell: 'Tom prévient les partenaires un par un : une tâche, une personne, une heure.',
      act: {
        command: '/crise tâche Appeler les quatre influenceuses et l’agence : plus rien ne part @Tom dans 25 min',
        where: 'room',
      },
      shows: { in: 'room', text: 'Appeler les quatre influenceuses et l’agence' },
    },
    {
      id: 'presse',
      as: 'Marc',
      tell: 'Marc suit la presse.',
      act: {
        say: 'franceinfo a repris notre texte mot pour mot à {T+30}. Les nouvelles critiques baissent : 210 par heure, contre 900.',
        where: 'room',
      },
      shows: { in: 'room', text: 'franceinfo a repris notre texte' },
    },
    {
      id: 'epingler-presse',
      as: 'Helen',
      tell: 'Helen l’ajoute à la main courante.',
      act: { react: 'pushpin', to: 'franceinfo a repris notre texte' },
      shows: { in: 'room', text: 'contre 900. :pushpin: 1' },
    },
    {
      id: 'corriger-presse',
      as: 'Marc',
      tell: 'Marc corrige un chiffre : la main courante garde les deux versions.',
      act: {
        edit: 'franceinfo a repris notre texte mot pour mot à {T+30}. Les nouvelles critiques baissent : 260 par heure, contre 900.',
        to: 'franceinfo a repris notre texte',
      },
      shows: { in: 'room', text: '260 par heure, contre 900' },
    },
    {
      id: 'point',
      as: 'time',
      tell: 'Le temps passe. Le point de situation arrive à son heure ; Tom seul est relancé, pour sa tâche en retard.',
      act: { wait: 65 },
      shows: { in: 'room', text: 'Ce qui a changé depuis le point n° 1' },
    },
    {
      id: 'en-retard',
      as: 'Tom',
      tell: 'Tom clôt sa tâche depuis la relance.',
      act: { press: 'Done', in: 'dm', containing: 'Appeler les quatre influenceuses' },
      shows: { in: 'room', text: 'Terminée par Tom Becker' },
    },
    {
      id: 'qui',
      as: 'Claire',
      tell: 'Qui est là, et depuis quand ?',
      act: { command: '/crise qui', where: 'room' },
      shows: { in: 'reply', text: '4 services sur 4 ont répondu' },
    },
    {
      id: 'communiques',
      as: 'Claire',
      tell: 'Qu’avons-nous dit, et qu’est-ce qui attend encore ?',
      act: { command: '/crise communiqués', where: 'room' },
      shows: { in: 'reply', text: 'Nous retirons notre campagne : 📣 Publié' },
    },
    {
      id: 'clore',
      as: 'Claire',
      tell: 'Les critiques retombent. Claire clôt la crise.',
      act: { command: '/crise clore', where: 'room' },
      shows: { in: 'form', text: 'Rien ne reste en suspens' },
    },
    {
      id: 'close',
      as: 'Claire',
      tell: 'La main courante entière est publiée dans la cellule, et en fichiers que chacun peut vérifier.',
      act: {
        fill: {
          note: 'Campagne retirée, excuses publiées et reprises, équipes informées ; critiques revenues sous 300 par heure. Suite : annonce demain à 12 h 30 (Claire), rencontre des associations jeudi (Anne), relecture des campagnes revue avec l’agence (Tom). Retour d’expérience dans dix jours.',
        },
        submit: true,
      },
      shows: { in: 'room', text: 'Fin de la main courante' },
    },
  ],
};
