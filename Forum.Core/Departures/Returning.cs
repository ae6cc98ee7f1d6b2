using System.Security.Cryptography;
using System.Text;
using Forum.Core.Abuse;
using Forum.Core.Settings;
using Forum.Core.Users;
using Forum.Data;

namespace Forum.Core.Departures;

/// <summary>
/// Knowing again who comes back after their account ended, for a while and by a keyed hash of their address alone; what was left of a
/// suspension, and how their posts fared, comes along. Rules: docs/rules/departures.md.
/// </summary>
internal static class Returning
{
    private const string Secret = "departed-addresses";

    /// <summary>Remembers a person whose account is about to be erased. Inside the transaction that erases it.</summary>
    public static async Task Remember(this Db db, long userId, DepartureSettings rules, DateTimeOffset now, CancellationToken token)
    {
        var email = await db.Find<string>("select email from accounts where user_id = @userId", new { userId }, token);
        if (Mailbox.Certain(email) is not { } address)
            return;

        var (questions, answers) = (await db.PostingRecord(userId, 1, token), await db.PostingRecord(userId, 2, token));
        await db.Execute(
            """
            insert into departed_addresses
                (hash, user_id, forget_at, suspended_until, questions, bad_questions, last_question_at, answers, bad_answers, last_answer_at)
            select @hash, id, @forget, case when suspended_until > @now then suspended_until end, @questions, @badQuestions, @lastQuestion, @answers, @badAnswers, @lastAnswer
            from users
            where id = @userId
            on conflict do nothing
            """,
            new
            {
                userId, hash = await db.Hash(address, token), forget = now + rules.Remembers, now, questions = questions.Posts, badQuestions = questions.Bad,
                lastQuestion = questions.LastAt, answers = answers.Posts, badAnswers = answers.Bad, lastAnswer = answers.LastAt,
            }, token);
    }

    /// <summary>Lets somebody who registers take over what they left, if their address is remembered.</summary>
    public static async Task Recognise(this Db db, long userId, string email, DateTimeOffset now, CancellationToken token)
    {
        // As long as nobody ever left there is no key to hash with.
        if (Mailbox.Certain(email) is not { } address || !await db.Get<bool>("select exists (select 1 from secrets where name = @Secret)", new { Secret }, token))
            return;

        var came = await db.Execute(
            """
            insert into returned_people
                (user_id, former_id, returned_at, suspended_until, questions, bad_questions, last_question_at, answers, bad_answers, last_answer_at)
            select @userId, d.user_id, @now, case when d.suspended_until > @now then d.suspended_until end, d.questions, d.bad_questions, d.last_question_at, d.answers, d.bad_answers, d.last_answer_at
            from departed_addresses d
            where d.hash = @hash and d.forget_at > @now
            order by d.user_id desc
            limit 1
            """,
            new { userId, hash = await db.Hash(address, token), now }, token);
        if (came > 0)
            await db.Execute("update users set suspended_until = (select suspended_until from returned_people where user_id = @userId) where id = @userId", new { userId }, token);
    }

    /// <summary>Forgets those whose time is over.</summary>
    public static Task<int> Forget(this Db db, DateTimeOffset now, CancellationToken token) =>
        db.Execute("delete from departed_addresses where forget_at <= @now", new { now }, token);

    private static async Task<string> Hash(this Db db, string address, CancellationToken token)
    {
        await db.Execute(
            "insert into secrets (name, value) values (@Secret, @value) on conflict do nothing",
            new { Secret, value = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)) }, token);
        var key = Convert.FromHexString(await db.Get<string>("select value from secrets where name = @Secret", new { Secret }, token));
        return Convert.ToHexString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(address)));
    }
}
