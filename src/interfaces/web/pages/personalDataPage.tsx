import { telephoneWords } from '../components/telephone.ts';
import type { TownWords } from '../layout/pageFrame.ts';

/** What families are told about their data (RGPD art. 13). */
export interface PersonalDataView {
  readonly town: TownWords;
  /** The data protection officer's address. */
  readonly officerEmail: string;
}

export const personalDataTitle = 'Données personnelles';

/** Short, in plain words: why, who reads, how long, which rights. */
export const PersonalDataPage = ({ town, officerEmail }: PersonalDataView) => (
  <div class="text">
    <h1>{personalDataTitle}</h1>
    <p class="lead">
      {`${town.name} utilise vos données pour accueillir vos enfants, et pour rien d’autre.`}
    </p>
    <section>
      <h2>Pourquoi</h2>
      <p>
        Inscrire, réserver, accueillir et facturer sont des missions de service public (RGPD,
        article 6-1-e). Les données qui vous sont demandées sont nécessaires à ces missions, sauf
        celles marquées «&nbsp;facultatif&nbsp;».
      </p>
    </section>
    <section>
      <h2>Qui les lit</h2>
      <p>
        Le service qui vous accueille et l’équipe du lieu où se trouve votre enfant, chacun pour ce
        dont il a la charge. Elles ne sont ni vendues ni transmises à un tiers.
      </p>
    </section>
    <section>
      <h2>Combien de temps</h2>
      <p>
        Aussi longtemps que votre enfant fréquente nos services, puis le temps que la loi impose à
        nos comptes. Elles sont conservées chiffrées.
      </p>
    </section>
    <section>
      <h2>Traceurs</h2>
      <p>
        Ce portail ne pose que les cookies nécessaires à votre connexion. Il n’appelle aucun autre
        site&nbsp;: c’est pourquoi aucun bandeau ne vous est montré.
      </p>
    </section>
    <section>
      <h2>Vos droits</h2>
      <p>
        Vous pouvez consulter vos données, les faire corriger, en demander l’effacement ou vous
        opposer à leur usage. Nous répondons en un mois.
      </p>
      <ul>
        <li>
          {'Délégué à la protection des données\u00a0: '}
          <a href={`mailto:${officerEmail}`}>{officerEmail}</a>
        </li>
        <li>{`${town.deskName}\u00a0: ${telephoneWords(town.phone)}`}</li>
        <li>
          <a class="alone" href="https://www.cnil.fr/fr/plaintes">
            Adresser une réclamation à la CNIL
          </a>
        </li>
      </ul>
    </section>
  </div>
);
