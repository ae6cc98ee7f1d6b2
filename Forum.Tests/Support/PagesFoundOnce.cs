using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Tests.Support;

/// <summary>
/// Which pages there are, and what is bound and filtered on each, is read from their types: the same for every site, and a third
/// of what starting one costs. Sites of tests share what the first one found.
/// </summary>
internal static class PagesFoundOnce
{
    private static IActionDescriptorCollectionProvider? found;

    public static IServiceCollection ShareFoundPages(this IServiceCollection services)
    {
        var provider = services.Single(s => s.ServiceType == typeof(IActionDescriptorCollectionProvider));
        services.Remove(provider);
        return services.AddSingleton(site => LazyInitializer.EnsureInitialized(ref found, () =>
        {
            var finding = (IActionDescriptorCollectionProvider)ActivatorUtilities.CreateInstance(site, provider.ImplementationType!);
            // Looked at while the site that finds them is there.
            _ = finding.ActionDescriptors;
            return finding;
        }));
    }
}
