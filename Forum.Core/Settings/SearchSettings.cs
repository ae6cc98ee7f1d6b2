namespace Forum.Core.Settings;

/// <summary>Sizes and weights of search (docs/rules/search.md).</summary>
public sealed record SearchSettings
{
    /// <summary>Characters of a query that are read…</summary>
    public int QueryLength { get; init; } = 500;
    /// <summary>…and words and operators in them.</summary>
    public int QueryConditions { get; init; } = 40;
    /// <summary>Hits that are counted and paged through; "10,000 and more" beyond.</summary>
    public int MostCounted { get; init; } = 10_000;
    /// <summary>Of them, for who is not signed in…</summary>
    public int AnonymousResults { get; init; } = 500;
    /// <summary>…who may name so many tags.</summary>
    public int AnonymousTags { get; init; } = 3;
    /// <summary>Of more hits than this the newest are ranked; the others follow them by age.</summary>
    public int MostRanked { get; init; } = 1_000;
    /// <summary>Hits of the words that are asked whether they fulfil a query's conditions too, the newest…</summary>
    public int MostLookedAt { get; init; } = 500;
    /// <summary>…or newest posts of a tag or a person that are asked for the words.</summary>
    public int MostNarrowed { get; init; } = 1_000;
    /// <summary>Of a tag, beside words: each is looked for in the list of the word, so fewer.</summary>
    public int MostTagged { get; init; } = 600;
    /// <summary>Newest posts that are asked for a query's conditions when it names no word, tag or person.</summary>
    public int MostPassedOver { get; init; } = 10_000;
    /// <summary>Entries of the index that are passed over to find the posts of a tag or a person.</summary>
    public int MostScanned { get; init; } = 40_000;
    /// <summary>Posts with the words of a query, together, up to which the engine ranks: it reads every one of them.</summary>
    public int RankedByText { get; init; } = 10_000;
    /// <summary>Posts with the words of a query, together, that are read for hits by relevance beyond that: the newest, in titles and in bodies.</summary>
    public int MostRead { get; init; } = 15_000;
    /// <summary>Best hits by text that are ordered anew by title, votes and kind.</summary>
    public int Reordered { get; init; } = 100;
    /// <summary>Characters of an excerpt.</summary>
    public int Excerpt { get; init; } = 200;
    /// <summary>Similar questions offered while one is written.</summary>
    public int Similar { get; init; } = 10;
    /// <summary>Questions that are kept for each as related to it…</summary>
    [Allowed(1, 100)]
    public int RelatedKept { get; init; } = 15;

    /// <summary>How like a question another must be, as a part of how like it is to itself, to be related to it.</summary>
    public double RelatedLeast { get; init; } = 0.07;
    /// <summary>…of which so many are shown, those that are not deleted meanwhile; and so many linked ones.</summary>
    [Allowed(1, 100)]
    public int Related { get; init; } = 10;
    /// <summary>Characters of a text that are read to find others like it…</summary>
    public int SimilarText { get; init; } = 5_000;
    /// <summary>…and words of a title and of a body, those said most often.</summary>
    [Allowed(1, 200)]
    public int SimilarWords { get; init; } = 60;
    /// <summary>Posts that one text is compared with at most, in titles and in bodies: the words that fewest have are looked for.</summary>
    public int MostCompared { get; init; } = 5_000;
    /// <summary>What a word in another title is worth for similarity, when one in its body is worth 1…</summary>
    public double SimilarTitle { get; init; } = 2;
    /// <summary>…and one in its best answer.</summary>
    public double SimilarAnswer { get; init; } = 0.3;
    /// <summary>What a word of one's body is worth, when one of the title is worth 1.</summary>
    public double SimilarBody { get; init; } = 0.3;
    /// <summary>What a shared tag is worth, the more the rarer it is.</summary>
    public double SimilarTag { get; init; } = 2;
    /// <summary>How much more a word counts in a title than in a body.</summary>
    public double TitleWeight { get; init; } = 10;
    /// <summary>For all words of the query standing in the title as they were typed…</summary>
    public double ExactTitle { get; init; } = 3;
    /// <summary>…or in another inflection.</summary>
    public double StemmedTitle { get; init; } = 3;
    /// <summary>For a post that has all words of the query as they were typed, wherever, for each word but the first: the more there are, the more it says.</summary>
    public double ExactText { get; init; } = 2.5;
    /// <summary>For words that stand beside each other in the title as in the query.</summary>
    public double AdjacentTitle { get; init; } = 0.3;
    /// <summary>For the part of the title that the query names; a short title that says just this is best.</summary>
    public double TitleShare { get; init; } = 20;
    /// <summary>For each e-fold of the score above 0.</summary>
    public double ScorePrior { get; init; } = 0.2;
    /// <summary>For a question, over an answer.</summary>
    public double QuestionPrior { get; init; } = 0.3;
    /// <summary>For an answer that was accepted.</summary>
    public double AcceptedPrior { get; init; } = 0.2;
    /// <summary>For activity in the last year, fading with each year before.</summary>
    public double RecencyPrior { get; init; } = 0.1;
    /// <summary>For the best rank by text alone, others in proportion; of a query of more than two words the more, by half for each.</summary>
    public double TextWeight { get; init; } = 4;
}
