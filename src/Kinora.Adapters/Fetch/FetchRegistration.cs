using Kinora.References;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Adapters.Fetch;

internal static class FetchRegistration
{
    public static IServiceCollection AddFetch(this IServiceCollection services, FetchOptions options, ICollection<string> faults)
    {
        options.Check(faults);
        return services.AddSingleton<IUrlFetcher>(s => new UrlFetcher(options, s.GetRequiredService<TimeProvider>()));
    }
}
