using Kinora.Adapters.Storage.S3;
using Kinora.Assets;
using Kinora.Configuration;
using Kinora.Folders;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Adapters.Storage;

internal static class StorageRegistration
{
    /// <summary>Results on local disk, or in a bucket where one is set. Touches neither before first use.</summary>
    /// <param name="dataFolder">Absolute.</param>
    public static IServiceCollection AddStorage(
        this IServiceCollection services, string dataFolder, StorageOptions options, S3Options bucket, IReadOnlyDictionary<string, string> environment, ICollection<string> faults)
    {
        if (options.S3 is null)
        {
            return services.AddSingleton<IAssetStore>(new DiskAssetStore(dataFolder, options));
        }

        if (options.Folder is not null)
        {
            faults.Add("Storage:Folder: results are kept in the bucket of Storage:S3; set one of the two.");
        }

        return S3Place.Read(bucket, environment, faults) is { } place
            ? services.AddSingleton<IAssetStore>(s => new S3AssetStore(dataFolder, options, place, s.GetRequiredService<TimeProvider>()))
            : services;
    }

    /// <summary>The folders in which callers name files. Nothing is opened or made before first use.</summary>
    public static IServiceCollection AddUserFolders(
        this IServiceCollection services,
        FolderOptions options,
        IReadOnlyDictionary<string, string> environment,
        DataFolder data,
        StorageOptions storage,
        ICollection<string> faults)
    {
        var places = FolderPlaces.Read(options, environment, data, storage, faults);
        return services.AddSingleton(new UserFolders(
            new SafeRoot(places.Videos, new FolderFaults("video folder", "Folders:Videos")),
            new SafeRoot(places.References, new FolderFaults("reference folder", "Folders:References")),
            new SafeRoot(places.Workspace, new FolderFaults("workspace folder", "Folders:Workspace"))));
    }
}
