using System.Security.Cryptography;
using Kinora.Adapters.Storage.S3;
using Kinora.Assets;
using Kinora.Jobs;
using Kinora.Tests.Media;
using Xunit;

namespace Kinora.Tests.Storage.S3;

/// <summary>A store over a bucket whose answers a test chooses.</summary>
public abstract class S3FaultScene : IAsyncLifetime
{
    private protected const string Secret = "wJalrXUtnFEMI-K7MDENG-bPxRfiCYSECRETKEY";
    private protected const string Id = "AKIAIOSFODNN7SECRET00";

    private protected TempFolder Folder { get; } = new();

    private protected StandInBucket Bucket { get; private set; } = null!;

    private protected S3AssetStore Store { get; private set; } = null!;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Bucket = await StandInBucket.StartAsync();
        Store = Connect(Bucket.Endpoint);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Store.Dispose();
        await Bucket.DisposeAsync();
        Folder.Dispose();
    }

    private protected static JobId TestJob() => JobId.New(new SystemRandomBytes());

    private protected S3AssetStore Connect(string endpoint, int timeout = 20) =>
        S3Stores.Make(Folder.File("data"), S3Stores.Options(endpoint) with { AccessKey = Id, SecretKey = Secret, TimeoutSeconds = timeout });

    private protected async Task<(Asset Asset, byte[] Data)> StoreAsync(int bytes, JobId? job = null, CancellationToken? cancel = null)
    {
        var id = job ?? TestJob();
        var data = RandomNumberGenerator.GetBytes(bytes);
        var file = Path.Combine(Store.WorkFolder(id), "result");
        await File.WriteAllBytesAsync(file, data, Cancel);
        var asset = new Asset
        {
            JobId = id,
            Role = AssetRole.Video,
            FileName = "video.mp4",
            MimeType = "video/mp4",
            Bytes = bytes,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(data)),
        };
        await Store.AdoptAsync(file, asset, cancel ?? Cancel);
        return (asset, data);
    }

    private protected async Task<byte[]> ReadAsync(Asset asset, S3AssetStore? store = null)
    {
        await using var stream = await (store ?? Store).OpenAsync(asset, Cancel);
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, Cancel);
        return all.ToArray();
    }
}
