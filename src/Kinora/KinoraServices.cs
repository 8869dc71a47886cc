using Kinora.Accounts;
using Kinora.Catalog;
using Kinora.Events;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Jobs.Steps;
using Kinora.References;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kinora;

/// <summary>Registers the product itself. What it needs from outside (stores, media tools, providers) is added by the adapters.</summary>
public static class KinoraServices
{
    public static IServiceCollection AddKinora(this IServiceCollection services, JobOptions jobs, CatalogOptions catalog)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRandomBytes, SystemRandomBytes>();
        return services
            .AddSingleton(jobs)
            .AddSingleton(catalog)
            .AddSingleton(new RetryRules(Random.Shared))
            .AddSingleton<ModelCatalog>()
            .AddSingleton<ApiKeys>()
            .AddSingleton<ReferenceImporter>()
            .AddSingleton<ReferenceService>()
            .AddSingleton<RequestReader>()
            .AddSingleton<GenerationService>()
            .AddSingleton<JobSteps>()
            .AddSingleton<JobRunner>()
            .AddSingleton<EventPump>()
            .AddSingleton<Sweep>();
    }
}
