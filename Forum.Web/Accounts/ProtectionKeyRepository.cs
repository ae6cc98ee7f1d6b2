using System.Xml.Linq;
using Forum.Core.Users;
using MediatR;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Forum.Web.Accounts;

/// <summary>
/// The keys that protect cookies and forms, kept in the database: every node and every restart knows them. Data protection asks
/// without awaiting, and seldom: at the start and when a key is renewed.
/// </summary>
sealed class ProtectionKeyRepository(IServiceScopeFactory scopes) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        Ask(forum => forum.Send(new ListProtectionKeys())).Select(xml => XElement.Parse(xml)).ToList();

    public void StoreElement(XElement element, string friendlyName) =>
        Ask(async forum =>
        {
            await forum.Send(new KeepProtectionKey(element.ToString(SaveOptions.DisableFormatting)));
            return true;
        });

    T Ask<T>(Func<ISender, Task<T>> question) =>
        // On a thread of its own: whoever asks may hold one that the answer needs.
        Task.Run(async () =>
        {
            await using var scope = scopes.CreateAsyncScope();
            return await question(scope.ServiceProvider.GetRequiredService<ISender>());
        }).GetAwaiter().GetResult();
}
