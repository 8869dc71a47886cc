using Kinora.Assets;
using Kinora.Configuration;
using Kinora.Folders;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Adapters.Storage;

internal static class StorageRegistration
{
    /// <summary>Results on local disk. Touches no disk before first use.</summary>
    /// <param name="dataFolder">Absolute.</param>
    public static IServiceCollection AddDiskStorage(this IServiceCollection services, string dataFolder, StorageOptions options) =>
        services.AddSingleton<IAssetStore>(new DiskAssetStore(dataFolder, options));

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
