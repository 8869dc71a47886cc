using Kinora.Accounts;
using Kinora.Adapters.Backups;
using Kinora.Adapters.Fetch;
using Kinora.Adapters.Media;
using Kinora.Adapters.Media.Ffmpeg;
using Kinora.Adapters.Media.Images;
using Kinora.Adapters.Providers;
using Kinora.Adapters.Secrets;
using Kinora.Adapters.Sql;
using Kinora.Adapters.Storage;
using Kinora.Adapters.Storage.S3;
using Kinora.Adapters.Webhooks;
using Kinora.Assets;
using Kinora.Backups;
using Kinora.Characters;
using Kinora.Configuration;
using Kinora.Errors;
using Kinora.Health;
using Kinora.Jobs;
using Kinora.Nodes;
using Kinora.Providers;
using Kinora.Secrets;
using Kinora.Sessions;
using Kinora.Telemetry;
using Kinora.Uploads;
using Kinora.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Adapters;

/// <summary>The one public door of this assembly: all that goes out (databases, disks, media tools, providers), behind the contracts of the product.</summary>
public static class KinoraAdapters
{
    /// <summary>Registers every adapter. Opens nothing: files and connections come with first use.</summary>
    /// <param name="environment">Environment variables, those of a .env file included.</param>
    /// <param name="faults">Gets every fault of the settings, each naming its setting.</param>
    public static IServiceCollection AddKinoraAdapters(
        this IServiceCollection services,
        IConfiguration configuration,
        IReadOnlyDictionary<string, string> environment,
        DataFolder data,
        ICollection<string> faults)
    {
        services
            .AddSingleton<IKeyFiles, KeyFiles>()
            .AddDatabase(configuration["Database"], data, faults)
            .AddSingleton<IJobStore, SqlJobStore>()
            .AddSingleton<IHealthStore, SqlHealthStore>()
            .AddSingleton<IQueueFigures, SqlQueueFigures>()
            .AddSingleton<IApiKeyStore, SqlApiKeyStore>()
            .AddSingleton<IAccountStore, SqlAccountStore>()
            .AddSingleton<ISessionStore, SqlSessionStore>()
            .AddSingleton<IWebhookStore, SqlWebhookStore>()
            .AddSingleton<IUploadStore, SqlUploadStore>()
            .AddSingleton<ICharacterStore, SqlCharacterStore>()
            .AddSingleton<IBackups>(s => new DataBackups(s.GetRequiredService<ISqlDatabase>, s.GetRequiredService<IAssetStore>(), data, s.GetRequiredService<TimeProvider>()));
        var storage = OptionsReader.Read<StorageOptions>(configuration, "Storage", faults);
        services
            .AddMedia(OptionsReader.Read<MediaOptions>(configuration, "Media", faults), OptionsReader.Read<ImageOptions>(configuration, "Images", faults))
            .AddFetch(OptionsReader.Read<FetchOptions>(configuration, "Fetch", faults), faults)
            .AddWebhooks(OptionsReader.Read<WebhookOptions>(configuration, "Webhooks", faults), data, faults)
            .AddStorage(data.Path, storage, OptionsReader.Read<S3Options>(configuration, "Storage:S3", faults), environment, faults)
            .AddUserFolders(OptionsReader.Read<FolderOptions>(configuration, "Folders", faults), environment, data, storage, faults);
        var providers = new ProviderConfiguration(configuration, environment).Read(faults);
        return services.AddSingleton(s => new ProviderSet(providers.Select(p => p.Module.Create(p.Settings, s)), ProviderConfiguration.Off([.. providers.Select(p => p.Settings)])));
    }

    /// <summary>Puts the settings of a backup into an empty data folder, so that the restore itself runs under them.</summary>
    /// <exception cref="KinoraException">The folder is not empty, or the backup cannot be read; nothing was written.</exception>
    public static Task UnpackSettingsAsync(string backup, DataFolder data, CancellationToken cancel) => BackupRestore.UnpackSettingsAsync(backup, data, cancel);

    /// <summary>Opens the database and tells its kind and version, for <c>doctor</c>.</summary>
    public static Task<string> DatabaseVersionAsync(this IServiceProvider services, CancellationToken cancel) =>
        services.GetRequiredService<ISqlDatabase>().VersionAsync(cancel);

    /// <param name="setting">A PostgreSQL connection string; null or empty for the SQLite file of the data folder.</param>
    private static IServiceCollection AddDatabase(this IServiceCollection services, string? setting, DataFolder data, ICollection<string> faults)
    {
        if (string.IsNullOrWhiteSpace(setting))
        {
            return services.AddSingleton<ISqlDatabase>(_ => SqliteDatabase.Open(data.Database)).AddSingleton<INodes, OneNode>().AddSingleton<ICreateRates, OneNodeRates>();
        }

        var connection = PostgresSetting.Parse(setting.Trim(), out var fault);
        if (connection is null)
        {
            faults.Add("Database: " + fault);
        }

        return services
            .AddSingleton<ISqlDatabase>(_ => PostgresDatabase.Open(connection!))
            .AddSingleton<INodes>(s => new PostgresNodes(s.GetRequiredService<ISqlDatabase>(), PostgresNodes.NameOf(data.Path)))
            .AddSingleton<ICreateRates, PostgresCreateRates>();
    }
}
