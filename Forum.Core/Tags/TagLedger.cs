using FluentValidation;
using FluentValidation.Results;
using Forum.Core.Privileges;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;

namespace Forum.Core.Tags;

/// <summary>Gives questions their tags, for the handlers that write questions.</summary>
public static class TagLedger
{
    /// <summary>Why a person may not use these tags, of which <paramref name="unknown"/> do not exist yet.</summary>
    public static Refusal? WhyNot(Person person, IReadOnlyCollection<string> unknown, ForumSettings settings)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(settings);
        return (unknown.Count, person) switch
        {
            (0, _) => null,
            (_, { IsModerator: true }) => null,
            (_, var p) when p.Reputation >= settings.Needs(Privilege.CreateTags) => null,
            _ => new Refusal("tags.cannot-create", string.Join(", ", unknown), settings.Needs(Privilege.CreateTags), person.Reputation),
        };
    }

    /// <summary>
    /// Makes <paramref name="names"/> the tags of a question: creates those that do not exist if the person may,
    /// keeps <c>posts.tags</c>, <c>question_tags</c>, <c>tagged_posts</c> and the tags' counts. <see cref="Questions.QuestionLists.Relist"/> follows.
    /// </summary>
    /// <exception cref="RefusedException">The person may not create tags.</exception>
    /// <exception cref="ValidationException">The question may not have these tags.</exception>
    public static async Task Tag(this Db db, long questionId, IReadOnlyList<string> names, Person person, ForumSettings settings, DateTimeOffset now, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(person);
        var was = await db.Query<string>("select t.name from question_tags q join tags t on t.id = q.tag_id where q.question_id = @questionId", new { questionId }, token);
        var unknown = await db.MayTag(was, names, person, settings, token);
        foreach (var name in unknown)
            await db.Execute("insert into tags (name, created_at, created_by) values (@name, @now, @Id)", new { name, now, person.Id }, token);
        if (unknown.Length > 0)
            await db.Execute("update totals set tags = tags + @made", new { made = unknown.Length }, token);

        await db.Untag(questionId, token);
        await db.Execute("update posts set tags = @tags where id = @questionId", new { questionId, tags = string.Join(' ', names) }, token);
        await db.Execute(
            $"""
            insert into question_tags (tag_id, question_id, is_listed, is_answered, created_at, active_at, score)
            select t.id, q.id, q.is_listed, q.is_answered, q.created_at, q.active_at, q.score
            from posts q, tags t
            where q.id = @questionId and {db.Dialect.In("t.name", "@names")}
            """,
            new { questionId, names }, token);
        await db.PutUnderTags(questionId, null, token);
        await db.Count(questionId, +1, token);
    }

    /// <summary>Those of a question's new tags that do not exist yet, when the person may give it these in the place of those it has.</summary>
    /// <exception cref="RefusedException">The person may not create tags.</exception>
    /// <exception cref="ValidationException">The question may not have these tags.</exception>
    public static async Task<string[]> MayTag(this Db db, IReadOnlyList<string> was, IReadOnlyList<string> becomes, Person person, ForumSettings settings, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(becomes);
        var known = await db.Query<UsedTag>(
            $"""
            select name as Name, is_required as IsRequired, is_moderator_only as IsModeratorOnly, is_blocked as IsBlocked
            from tags
            where {db.Dialect.In("name", "@names")}
            union
            select name, is_required, is_moderator_only, is_blocked
            from tags
            where is_required = 1
            """,
            new { names = was.Union(becomes, StringComparer.Ordinal) }, token);
        string[] unknown = [.. becomes.Except(known.Select(tag => tag.Name), StringComparer.Ordinal)];
        WhyNot(person, unknown, settings)?.Throw();
        if (TagRules.WhyNotTag(person, was, becomes, known, [.. known.Where(tag => tag.IsRequired).Select(tag => tag.Name)]) is { } refusal)
            throw new ValidationException([new ValidationFailure("Tags", refusal.Code) { ErrorCode = refusal.Code, CustomState = refusal.Arguments }]);
        return unknown;
    }

    /// <summary>Takes a tag from a question that somebody or something else than an edit takes it from; its history stays as it is.</summary>
    internal static async Task TakeTag(this Db db, long questionId, long tagId, string name, CancellationToken token)
    {
        await db.Execute(
            """
            update tags
            set question_count = question_count - 1, unanswered_count = unanswered_count - (q.is_answered = 0)
            from (select tag_id, is_answered from question_tags where question_id = @questionId and tag_id = @tagId and is_listed = 1) q
            where id = q.tag_id
            """,
            new { questionId, tagId }, token);
        await db.TakeFromTags(questionId, tagId, token);
        await db.Execute("delete from question_tags where question_id = @questionId and tag_id = @tagId", new { questionId, tagId }, token);
        await db.Execute(
            "update posts set tags = trim(replace(' ' || tags || ' ', ' ' || @name || ' ', ' ')) where id = @questionId", new { questionId, name }, token);
    }

    // A question that is not listed is in no count. What its tags repeat of it was made true by the last Relist.
    private static Task<int> Count(this Db db, long questionId, int by, CancellationToken token) =>
        db.Execute(
            """
            update tags
            set question_count = question_count + @by, unanswered_count = unanswered_count + case when q.is_answered = 0 then @by else 0 end
            from (select tag_id, is_answered from question_tags where question_id = @questionId and is_listed = 1) q
            where id = q.tag_id
            """,
            new { questionId, by }, token);

    private static async Task Untag(this Db db, long questionId, CancellationToken token)
    {
        await db.Count(questionId, -1, token);
        await db.TakeFromTags(questionId, null, token);
        await db.Execute("delete from question_tags where question_id = @questionId", new { questionId }, token);
    }
}
