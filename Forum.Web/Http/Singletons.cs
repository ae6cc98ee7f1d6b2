namespace Forum.Web.Http;

/// <summary>Which services there is one of for the whole process, known once all are registered.</summary>
public sealed class Singletons(IServiceCollection services)
{
    readonly Lazy<HashSet<Type>> types = new(() =>
        [.. services.GroupBy(service => service.ServiceType).Where(same => same.Last().Lifetime == ServiceLifetime.Singleton).Select(same => same.Key)]);

    internal bool Contain(Type service) => types.Value.Contains(service);
}
