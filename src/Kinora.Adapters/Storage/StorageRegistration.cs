using Kinora.Assets;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Adapters.Storage;

internal static class StorageRegistration
{
    /// <summary>Results on local disk. Touches no disk before first use.</summary>
    /// <param name="dataFolder">Absolute.</param>
    public static IServiceCollection AddDiskStorage(this IServiceCollection services, string dataFolder, StorageOptions options) =>
        services.AddSingleton<IAssetStore>(new DiskAssetStore(dataFolder, options));
}
