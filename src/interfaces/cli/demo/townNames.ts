/** Invented people: common French first and last names, put together at random. */
export const firstNames =
  `Adam Adèle Agathe Aïcha Alice Alix Ambre Amina Anaé Anaïs Andréa Antoine Apolline Arthur Augustin Aya
Ayoub Basile Baptiste Camille Candice Capucine Céleste Charlie Chloé Clara Clémence Clément Côme Constance Corentin
Dounia Diego Éden Élia Élio Élise Éloi Elsa Emma Émile Émilie Enzo Esteban Eva Ezra Fanny Fatou Faustine Félix Florian Gabin
Gabriel Garance Gaspard Gaston Giulia Hanaé Héloïse Henri Hina Ibrahim Idriss Ilyès Imane Inès Iris Ismaël Jade Jeanne Joachim
Joseph Joséphine Jules Juliette Kaïs Kenza Khadija Kylian Lana Lamine Léandre Léna Léo Léon Léonie Liam Lila Lilou Lina Lise
Livia Loris Lou Louane Louise Louison Lubin Lucas Lucie Ludivine Maël Maëlys Malik Malo Manon Marceau Margaux Margot Marin
Marius Marwa Mathilde Mathis Maxence Maya Mehdi Mélina Mila Milan Milo Mina Mohamed Naël Naïm Naomi Nathan Nina Noah Noé Noémie
Nolan Nora Octave Olivia Ondine Oscar Pablo Paul Pauline Pia Prune Quentin Rachel Raphaël Rayan Robin Romane Romy Rosalie
Rose Roxane Sacha Safia Salomé Samuel Sarah Selma Sixtine Sofia Solal Soline Suzanne Swann Tao Thaïs Théa Théo Thiago Thomas
Timéo Titouan Tom Ulysse Valentin Victoire Victor Violette Wassim Willow Yanis Yasmine Ysé Zacharie Zélie Zoran`.split(
    /\s+/,
  );

export const parentNames =
  `Adeline Alexandre Amandine Anne Antoine Aurélie Aurore Benoît Bruno Carole Caroline Cécile Céline
Cédric Christelle Christophe Claire Coralie Damien David Delphine Élodie Émilie Éric Estelle Fabien Fanny Farid Fatima Florence
Franck Gaëlle Gilles Grégory Guillaume Hakim Hélène Hervé Isabelle Jérôme Johanna Julie Julien Karim Karine Laetitia Laure
Laurent Leïla Ludovic Magali Marc Marie Marion Mathieu Mélanie Mickaël Mounia Nadège Nadia Nicolas Olivier Pascal Patricia
Pauline Rachid Rémi Romain Samira Sandrine Sébastien Séverine Sonia Sophie Stéphane Stéphanie Sylvain Thierry Valérie Vanessa
Véronique Vincent Virginie Yann Yasmina Youssef`.split(/\s+/);

export const lastNames =
  `Alary Albert Arnal Aubert Aymard Bach Balmes Barreau Bastide Belkacem Benali Berthier Besse Bonnet
Bouchet Boudou Bourdin Bousquet Boyer Brugel Cabanes Calmels Cambon Carrière Cassan Castagné Cazals Chabrier Chapuis Clavel
Combes Costes Coulon Courtois Cros Dacosta Dalbin Daniel Deltour Delpech Delrieu Denis Diallo Diarra Dubois Dumas Dupuy
Durand Escudier Estève Fabre Faure Ferrand Ferreira Fontaine Forest Fournié Gaillard Garcia Garrigues Gautier Gil Girard
Gomes Granier Guérin Haddad Hébrard Hoarau Issaly Jacquet Jouve Kaya Labarthe Lacaze Lacombe Lafon Lagarde Lamy Larroque
Laurens Lefèvre Leroux Lopez Maffre Malaurie Mansouri Marty Massip Maury Mercadier Meunier Miquel Molinié Monteil Morel
Moulin Nguyen Noyer Pagès Parra Pélissier Périé Petit Picard Pinto Pons Pouget Pradel Prévost Puech Quercy Raynal Rey Ribeiro
Rigal Robert Rodrigues Roques Rossignol Rouquié Roux Sabatié Salvan Sanchez Segura Serres Solignac Soulié Tahiri Teyssèdre
Touré Traoré Valette Vayssié Verdier Vernet Viguié Vilard Yilmaz`.split(/\s+/);

/** Communes of the community, by school; the last list is outside of it. */
export const communes: readonly (readonly (readonly [name: string, postcode: string])[])[] = [
  [
    ['Luzech', '46140'],
    ['Albas', '46140'],
    ['Caillac', '46140'],
    ['Parnac', '46140'],
    ['Douelle', '46140'],
  ],
  [
    ['Prayssac', '46220'],
    ['Castelfranc', '46140'],
    ['Bélaye', '46140'],
    ['Pescadoires', '46220'],
    ['Anglars-Juillac', '46140'],
  ],
  [
    ['Puy-l’Évêque', '46700'],
    ['Vire-sur-Lot', '46700'],
    ['Duravel', '46700'],
    ['Mauroux', '46700'],
    ['Touzac', '46700'],
  ],
];

export const outsideCommunes: readonly (readonly [name: string, postcode: string])[] = [
  ['Mercuès', '46090'],
  ['Catus', '46150'],
  ['Fumel', '47500'],
];

export const streets = [
  'rue des Glycines',
  'chemin des Vignes',
  'impasse du Lavoir',
  'route de la Rivière',
  'place de la Halle',
  'rue du Four',
  'chemin de la Combe',
  'allée des Noyers',
  'rue des Écoliers',
  'lotissement les Causses',
  'rue de la Fontaine',
  'chemin du Moulin',
  'rue du Pigeonnier',
  'côte des Remparts',
];
