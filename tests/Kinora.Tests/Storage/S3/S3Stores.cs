using Kinora.Adapters.Storage;
using Kinora.Adapters.Storage.S3;

namespace Kinora.Tests.Storage.S3;

/// <summary>Stores with the settings of a test.</summary>
internal static class S3Stores
{
    public static readonly IReadOnlyDictionary<string, string> NoEnvironment = new Dictionary<string, string>();

    public static S3Options Options(string endpoint) => new() { Endpoint = endpoint, Bucket = S3Server.Bucket, AccessKey = S3Server.Key, SecretKey = S3Server.Key, TimeoutSeconds = 20 };

    public static S3AssetStore Make(string dataFolder, S3Options options)
    {
        var faults = new List<string>();
        var place = S3Place.Read(options, NoEnvironment, faults) ?? throw new InvalidOperationException(string.Join('\n', faults));
        return new S3AssetStore(dataFolder, new StorageOptions { ReserveMegabytes = 0 }, place, TimeProvider.System);
    }
}
