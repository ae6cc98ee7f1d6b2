using Microsoft.Extensions.DependencyInjection;

namespace Forum.Data;

/// <summary>The wiring of this floor.</summary>
public static class DataModule
{
    /// <summary>Adds the database and the session of each request.</summary>
    public static IServiceCollection AddForumData(this IServiceCollection services, Func<IServiceProvider, Database> database) =>
        services.AddSingleton(database).AddScoped<Db>();
}
