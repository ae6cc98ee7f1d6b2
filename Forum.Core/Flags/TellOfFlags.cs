using Forum.Data;

namespace Forum.Core.Flags;

/// <summary>Tells those who flagged what became of it: that it was declined, always; that it was helpful, when somebody says something of it.</summary>
internal sealed class TellOfFlags(Db db) : IHear<FlagsDecided>
{
    public Task Hear(Heard<FlagsDecided> heard, CancellationToken token) =>
        heard.What is not { State: FlagState.Declined or FlagState.Helpful, ActorId: { } actor }
            ? Task.CompletedTask
            : db.InTransaction(
                () => db.Execute(
                    $"""
                    insert into inbox (user_id, kind, post_id, question_id, at, event_id)
                    select f.user_id, @kind, p.id, coalesce(p.question_id, p.id), @At, @Id
                    from flags f
                    join posts p on p.id = f.post_id
                    where {db.Dialect.In("f.id", "@Flags")} and f.state = @state and f.user_id > 0 and f.user_id <> @actor and (f.state = {(int)FlagState.Declined} or f.reply <> '')
                    on conflict do nothing
                    """,
                    new { heard.What.Flags, kind = "flag-" + heard.What.State.Key(), state = (int)heard.What.State, heard.At, heard.Id, actor }, token), token);
}
