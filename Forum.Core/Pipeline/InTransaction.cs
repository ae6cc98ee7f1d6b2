using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Forum.Data;
using MediatR;

namespace Forum.Core.Pipeline;

/// <summary>
/// Runs a command as one transaction together with the events it notes, and once for each form: what is posted
/// twice gets the first answer again. What pages show is raised before anybody is answered.
/// </summary>
internal sealed class InTransaction<TRequest, TResponse>(Db db, Happened happened, FormKey form, CurrentUser user, DeliverySignal signal, TimeProvider clock)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull, ICommand
{
    // What answers nothing always answers the same, so its key is written once.
    private static readonly bool IsSilent = typeof(TResponse) == typeof(Unit);

    private static readonly bool EachTime = typeof(TRequest).IsDefined(typeof(EachTimeAttribute), inherit: false);

    public async Task<TResponse> Handle(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken)
    {
        var isCommitted = false;
        try
        {
            var response = await Run(request, next, cancellationToken);
            isCommitted = true;
            return response;
        }
        finally
        {
            // Also after a commit that failed: nobody knows how far it came.
            if (happened.Tell(isCommitted))
                signal.Raise();
        }
    }

    private Task<TResponse> Run(TRequest request, RequestHandlerDelegate<TResponse> next, CancellationToken cancellationToken) =>
        db.InTransaction(async () =>
        {
            happened.Forget();
            var key = Key(request);
            if (key is not null && !await Claim(key, cancellationToken))
                return await FirstAnswer(key, cancellationToken);

            var answer = await next();
            await happened.Write(db, cancellationToken);
            if (key is not null && !IsSilent)
            {
                await db.Execute(
                    "update form_keys set result = @result where key = @key",
                    new { key, result = JsonSerializer.Serialize(answer) }, cancellationToken);
            }

            return answer;
        }, cancellationToken);

    // Of the same person, the same form and the same words: who goes back and says something else says something new.
    private string? Key(TRequest request)
    {
        if (EachTime || form.Value is not { Length: > 0 and <= 100 } value)
            return null;

        var said = string.Create(CultureInfo.InvariantCulture, $"{user.Id} {value} {JsonSerializer.Serialize(request)}");
        return $"{typeof(TRequest).Name}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(said)))}";
    }

    private async Task<bool> Claim(string key, CancellationToken token) =>
        await db.Execute(
            "insert into form_keys (key, result, used_at) values (@key, @result, @now) on conflict do nothing",
            new { key, result = IsSilent ? JsonSerializer.Serialize(Unit.Value) : null, now = clock.GetUtcNow() }, token) == 1;

    private async Task<TResponse> FirstAnswer(string key, CancellationToken token)
    {
        var result = await db.Get<string>("select result from form_keys where key = @key", new { key }, token);
        return JsonSerializer.Deserialize<TResponse>(result)!;
    }
}
