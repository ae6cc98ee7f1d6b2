using Forum.Core.Editing;
using Forum.Core.Markdown;
using Forum.Core.Pipeline;
using Forum.Core.Settings;
using Forum.Data;
using MediatR;

namespace Forum.Core.Questions;

/// <summary>Questions that name each other, kept in <c>post_links</c> when somebody writes one's address in a post or a comment.</summary>
internal static class LinkedQuestions
{
    // An address in so many places of one text is a list, not a reference.
    private const int MostNamed = 100;

    /// <summary>
    /// Every question that is linked with <c>@id</c>, in one direction or the other: id as <c>other</c>, kind, and whether <c>@id</c>
    /// is the one that names it, or the original that it is a duplicate of. Answers and comments speak for their question; what is deleted is silent.
    /// </summary>
    public const string Both =
        """
        select coalesce(t.question_id, t.id) as other, k.kind as kind, 1 as names, 0 as leads
              from (select id from posts where id = @id
                    union all
                    select id from posts where question_id = @id and kind = 2 and deleted_at is null) mine
              join post_links k on k.from_post_id = mine.id
              join posts t on t.id = k.to_post_id
              union all
              select coalesce(f.question_id, f.id), 1, 0, k.kind = 3
              from (select id from posts where id = @id
                    union all
                    select id from posts where question_id = @id and kind = 2) mine
              join post_links k on k.to_post_id = mine.id
              join posts f on f.id = k.from_post_id
              where f.deleted_at is null
        """;

    /// <summary>Records which questions a new post names, and returns those whose links changed.</summary>
    public static Task<IReadOnlyList<long>> LinkNew(this Db db, long postId, PostText text, DateTimeOffset now, CancellationToken token) =>
        db.KeepLinks(postId, [], text.Named, _ => [], now, token);

    /// <summary>Notes that links changed, if any did.</summary>
    public static void NoteLinks(this Happened happened, long postId, long questionId, IReadOnlyList<long> others)
    {
        if (others.Count > 0)
            happened.Note(new QuestionsLinked(postId, questionId, [.. others]));
    }

    /// <summary>
    /// Records which questions a post names after a text of it, or of a comment on it, became another: what it names now, and no more
    /// what nothing in it names. Returns the questions of whose links something changed. No statement for a text without such links.
    /// </summary>
    /// <param name="postId">The post.</param>
    /// <param name="was">The posts that the text named before.</param>
    /// <param name="becomes">Those it names now.</param>
    /// <param name="named">What tells the posts that a text names.</param>
    public static async Task<IReadOnlyList<long>> KeepLinks(this Db db, long postId, IReadOnlyCollection<long> was, IReadOnlyCollection<long> becomes,
        Func<string, IReadOnlyCollection<long>> named, DateTimeOffset now, CancellationToken token)
    {
        var (gone, come) = (was.Except(becomes).ToHashSet(), becomes.Except(was).Take(MostNamed).ToList());
        if (gone.Count > 0)
        {
            foreach (var text in await db.Query<string>(
                "select html from posts where id = @postId union all select html from comments where post_id = @postId and deleted_at is null", new { postId }, token))
                gone.ExceptWith(named(text));
        }

        if (gone.Count + come.Count == 0)
            return [];

        var forgotten = gone.Count == 0
            ? []
            : await db.Query<long>(
                $"""
                delete from post_links
                where from_post_id = @postId and kind = 1
                  and to_post_id in (select id from posts where {db.Dialect.InList("id", "@gone")}
                                     union all
                                     select question_id from posts where {db.Dialect.InList("id", "@gone")} and question_id is not null)
                returning to_post_id
                """, new { postId, gone = db.Dialect.List(gone) }, token);
        var linked = come.Count == 0
            ? []
            : await db.Query<long>(
                $"""
                insert into post_links (from_post_id, to_post_id, kind, created_at)
                select distinct f.id, coalesce(t.question_id, t.id), 1, @now
                from posts t, posts f
                where {db.Dialect.InList("t.id", "@come")} and t.kind in (1, 2) and f.id = @postId and coalesce(t.question_id, t.id) <> coalesce(f.question_id, f.id)
                on conflict do nothing
                returning to_post_id
                """, new { postId, come = db.Dialect.List(come), now }, token);
        return [.. forgotten, .. linked];
    }
}

/// <summary>Questions were linked with others, or are no longer.</summary>
public sealed record QuestionsLinked(long PostId, long QuestionId, long[] Others) : IChangePages
{
    /// <inheritdoc />
    public void Mark(PageTags pages)
    {
        pages.Question(QuestionId);
        foreach (var other in Others)
            pages.Question(other);
    }
}

/// <summary>The questions that are linked with one: that it names, or that name it; those it is a duplicate of first, then the highest.</summary>
/// <exception cref="NotFoundException">There is no such question, or it is deleted and not the reader's to see.</exception>
public sealed record ListLinked(long QuestionId, int Page = 1) : IRequest<ListLinked.View>
{
    /// <param name="Id">The question.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="Questions">A page of those linked with it.</param>
    public sealed record View(long Id, string Title, PageOf<Item> Questions)
    {
        public string Slug => Core.Questions.Slug.Of(Title);
    }

    /// <summary>A linked question.</summary>
    public sealed record Item
    {
        public long Id { get; init; }
        public string Title { get; init; } = "";
        public int Score { get; init; }
        public int AnswerCount { get; init; }
        public bool IsAnswered { get; init; }
        public string Tags { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }

        /// <summary>1: linked; 3: the other is its duplicate, or it the other's.</summary>
        public int Kind { get; init; }

        /// <summary>Whether it is named by the question…</summary>
        public bool IsNamed { get; init; }

        /// <summary>…and whether it names the question.</summary>
        public bool Names { get; init; }

        /// <summary>Whether strangers who come to it are led to the question.</summary>
        public bool LeadsBack { get; init; }
        internal int Total { get; init; }

        public string[] TagNames => Tags.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    internal sealed class Handler(Db db, CurrentUser user, ForumSettings settings) : IRequestHandler<ListLinked, View>
    {
        public async Task<View> Handle(ListLinked list, CancellationToken token)
        {
            var question = await db.VisiblePost(list.QuestionId, user, settings, token);
            if (!question.IsQuestion)
                throw new NotFoundException();

            var size = settings.Pages.Questions;
            var number = Math.Clamp(list.Page, 1, 1_000);
            var items = await db.Query<Item>(
                $"""
                select q.id as Id, q.title as Title, q.score as Score, q.answer_count as AnswerCount, q.is_answered as IsAnswered, q.tags as Tags, q.created_at as CreatedAt,
                       max(l.kind) as Kind, max(l.names) as IsNamed, max(1 - l.names) as Names,
                       max(l.leads and q.answer_count = 0) as LeadsBack, count(*) over () as Total
                from ({LinkedQuestions.Both}) l
                join posts q on q.id = l.other
                where q.deleted_at is null and q.kind = 1 and q.id <> @id
                group by q.id
                order by max(l.kind) desc, q.score desc, q.id
                limit @size offset @skip
                """, new { id = question.Id, size, skip = (number - 1) * size }, token);
            return new View(question.Id, question.Title, new PageOf<Item>(items, number, size, items.Count == 0 ? 0 : items[0].Total));
        }
    }
}
