using Kinora.Accounts;
using Kinora.Budgets;
using Kinora.Catalog;
using Kinora.Characters;
using Kinora.Events;
using Kinora.Generation;
using Kinora.Health;
using Kinora.Images;
using Kinora.Jobs;
using Kinora.Jobs.Steps;
using Kinora.References;
using Kinora.Sessions;
using Kinora.Telemetry;
using Kinora.Uploads;
using Kinora.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kinora;

/// <summary>Registers the product itself. What it needs from outside (stores, media tools, providers) is added by the adapters.</summary>
public static class KinoraServices
{
    public static IServiceCollection AddKinora(this IServiceCollection services, JobOptions jobs, CatalogOptions catalog, ImageSessionOptions sessions, UploadOptions uploads)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRandomBytes, SystemRandomBytes>();
        return services
            .AddSingleton(jobs)
            .AddSingleton(catalog)
            .AddSingleton(sessions)
            .AddSingleton(uploads)
            .AddSingleton(new RetryRules(Random.Shared))
            .AddSingleton<ModelCatalog>()
            .AddSingleton<ApiKeys>()
            .AddSingleton<AccountService>()
            .AddSingleton<ISpendLimits, AccountLimits>()
            .AddSingleton<ReferenceImporter>()
            .AddSingleton<MadePictures>()
            .AddSingleton<ReferenceService>()
            .AddSingleton<LastFrames>()
            .AddSingleton<RequestReader>()
            .AddSingleton<VideoImporter>()
            .AddSingleton<UploadedVideos>()
            .AddSingleton<Appending>()
            .AddSingleton<RequestCheck>()
            .AddSingleton<GenerationService>()
            .AddSingleton<UnknownJobs>()
            .AddSingleton<Continuation>()
            .AddSingleton(new BreakerRules(jobs, Random.Shared))
            .AddSingleton<CircuitBreakers>()
            .AddSingleton<JobSteps>()
            .AddSingleton<JobRunner>()
            .AddSingleton<EventPump>()
            .AddSingleton<ImageWorkspace>()
            .AddSingleton<SessionService>()
            .AddSingleton<UploadService>()
            .AddSingleton<CharacterService>()
            .AddSingleton<QueueGauges>()
            .AddSingleton<Sweep>()
            .AddSingleton<WebhookService>()
            .AddSingleton<WebhookFollower>()
            .AddSingleton(new WebhookRetry(Random.Shared))
            .AddSingleton<WebhookCourier>()
            .AddSingleton<WebhookDispatcher>();
    }
}
