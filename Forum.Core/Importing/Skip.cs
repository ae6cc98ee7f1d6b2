namespace Forum.Core.Importing;

/// <summary>Why rows of a dump are left out. Each is a code whose sentence is in the words of the command line.</summary>
internal static class Skip
{
    /// <summary>The row lacks something or holds what it must not; told with its line.</summary>
    public const string Broken = "importing.skip-broken";

    /// <summary>Its Id came before in the file.</summary>
    public const string Twice = "importing.skip-twice";

    /// <summary>Its post is not in the dump.</summary>
    public const string NoPost = "importing.skip-no-post";

    /// <summary>The answer's question is not in the dump.</summary>
    public const string NoQuestion = "importing.skip-no-question";

    /// <summary>Its user is not in the dump.</summary>
    public const string NoUser = "importing.skip-no-user";

    /// <summary>Posts of a kind this forum does not have.</summary>
    public const string PostKind = "importing.skip-post-kind";

    /// <summary>Votes that say something about moderation, not about the post: deletion, review, spam, approved edits.</summary>
    public const string VoteKind = "importing.skip-vote-kind";

    /// <summary>Links of a kind this forum does not have.</summary>
    public const string LinkKind = "importing.skip-link-kind";

    /// <summary>Its Id was given to something written here.</summary>
    public const string IdTaken = "importing.skip-id-taken";

    /// <summary>The post was edited or deleted here since the last import.</summary>
    public const string EditedHere = "importing.skip-edited-here";

    /// <summary>The end of a bounty whose start is not in the dump.</summary>
    public const string NoBounty = "importing.skip-no-bounty";
}
