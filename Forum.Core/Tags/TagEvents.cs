using Forum.Core.Pipeline;
using Forum.Data;

namespace Forum.Core.Tags;

/// <summary>What can be done to a tag; stored by these words, and the keys of texts.</summary>
internal static class TagEvent
{
    public const string Proposed = "synonym-proposed";
    public const string Approved = "synonym-approved";
    public const string Deleted = "synonym-deleted";
    public const string MergeAsked = "merge-asked";
    public const string Merged = "merged";
    public const string RenameAsked = "rename-asked";
    public const string Renamed = "renamed";
    public const string RulesChanged = "rules-changed";
    public const string Cleared = "cleared";
}

/// <summary>The log of tags.</summary>
internal static class TagEvents
{
    /// <summary>Adds a line to it.</summary>
    public static Task<int> LogTag(this Db db, string kind, string tag, string other, long? actor, DateTimeOffset now, CancellationToken token) =>
        db.Execute(
            "insert into tag_events (kind, tag, other, actor_id, at) values (@kind, @tag, @other, @actor, @now)", new { kind, tag, other, actor, now }, token);
}

/// <summary>A name was proposed as a tag's synonym, voted on, or deleted again.</summary>
public sealed record SynonymChanged(string Tag, string Name, long? ActorId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Tagged(Tag).Tagged(Name).Tags();
}

/// <summary>A name stands for a tag from now on.</summary>
public sealed record SynonymApproved(string Tag, string Name, long? ProposedBy) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Tagged(Tag).Tagged(Name).Tags();
}

/// <summary>What questions may take a tag was changed, or whether a tag is becoming another.</summary>
public sealed record TagChanged(string Tag, long? ActorId) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages) => pages.Tagged(Tag).Tags();
}

/// <summary>Some questions have another tag in a tag's place, or without it; nobody edited them.</summary>
public sealed record QuestionsRetagged(long[] QuestionIds, string From, string? Into) : IChangePages, IMovePosts, IHappenByItself
{
    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
        pages.Tagged(From).Tags();
        if (Into is not null)
            pages.Tagged(Into);
        foreach (var id in QuestionIds)
            pages.Question(id).Relisted(id);
    }

    /// <inheritdoc />
    public void Name(MovedPosts posts)
    {
        foreach (var id in QuestionIds)
            posts.Thread(id);
    }
}
