using System.Security.Cryptography;
using Kinora.Adapters.Storage.S3;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Storage.S3;

/// <summary>The suite of every store against an S3 service of somebody else, and what only a bucket can do wrong.</summary>
public sealed class S3AssetStoreTests : AssetStoreContract, IClassFixture<S3Server>
{
    private readonly S3Server _server;
    private readonly S3AssetStore _store;

    public S3AssetStoreTests(S3Server server)
    {
        _server = server;
        _store = S3Stores.Make(Folder.File("data"), S3Stores.Options(server.Endpoint) with { Prefix = "studio/kinora" });
    }

    private protected override IAssetStore Store => _store;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(S3Upload.PartBytes)]
    [InlineData(S3Upload.PartBytes + 1)]
    [InlineData(40_000_000)]
    public async Task Adopt_OfAnySize_IsReadBackByteForByte(int bytes)
    {
        var (asset, data) = await AdoptBytesAsync(bytes);

        await using (var stream = await _store.OpenAsync(asset, Cancel))
        {
            Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, Cancel)).ShouldBe(asset.Sha256);
        }

        (await File.ReadAllBytesAsync(await _store.LocalPathAsync(asset, Cancel), Cancel)).AsSpan().SequenceEqual(data).ShouldBeTrue();
        (await _store.ExistsAsync(asset, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Open_JumpsToAndFro_ReadsWhatIsThere()
    {
        var (asset, data) = await AdoptBytesAsync(20_000_000);
        await using var stream = await _store.OpenAsync(asset, Cancel);
        var random = new Random(7);
        var buffer = new byte[3_000_000];

        foreach (var start in (int[])[19_999_999, 0, 1_048_570, 1_048_576, .. Enumerable.Range(0, 20).Select(_ => random.Next(data.Length))])
        {
            stream.Seek(start, SeekOrigin.Begin);
            var wanted = Math.Min(random.Next(1, buffer.Length), data.Length - start);
            (await stream.ReadAtLeastAsync(buffer.AsMemory(0, wanted), wanted, throwOnEndOfStream: false, Cancel)).ShouldBe(wanted);
            buffer.AsSpan(0, wanted).SequenceEqual(data.AsSpan(start, wanted)).ShouldBeTrue();
            stream.Position.ShouldBe(start + wanted);
        }

        stream.Seek(-5, SeekOrigin.End);
        stream.Read(buffer, 0, 10).ShouldBe(5);
        (await stream.ReadAsync(buffer, Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task SharedWork_IsFoundByAnotherMachine_UntilItIsTakenBack()
    {
        var job = NewJob();
        using var other = S3Stores.Make(Folder.File("other"), S3Stores.Options(_server.Endpoint) with { Prefix = "studio/kinora" });
        await File.WriteAllTextAsync(Path.Combine(_store.WorkFolder(job), "picture-0"), "paid", Cancel);
        (await other.FetchWorkAsync(job, Cancel)).ShouldBeFalse();

        await _store.ShareWorkAsync(job, ["picture-0"], Cancel);

        (await other.FetchWorkAsync(job, Cancel)).ShouldBeTrue();
        (await File.ReadAllTextAsync(Path.Combine(other.WorkFolder(job), "picture-0"), Cancel)).ShouldBe("paid");
        (await other.FetchWorkAsync(job, Cancel)).ShouldBeFalse("it is here already");

        await other.UnshareWorkAsync(job, Cancel);
        _store.ClearWork(job);
        (await _store.FetchWorkAsync(job, Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task SharedWork_GoesWithItsJob()
    {
        var job = NewJob();
        await File.WriteAllTextAsync(Path.Combine(_store.WorkFolder(job), "picture-0"), "paid", Cancel);
        await _store.ShareWorkAsync(job, ["picture-0"], Cancel);

        await _store.DeleteAsync(job, Cancel);

        (await _store.FetchWorkAsync(job, Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Keys_AreThoseOfTheDisk_BelowThePrefix()
    {
        var job = NewJob();
        await AdoptAsync(job, "film");
        var image = await _store.PutInputAsync(Write(NewJob(), Guid.NewGuid().ToString()), new CleanImage("image/png", 1, 1), Cancel);

        var files = _server.Files();

        foreach (var key in (string[])[$"/studio/kinora/assets/{job.Hex[..2]}/{job.Hex}/video.mp4", $"/studio/kinora/inputs/{image.Sha256}.png"])
        {
            files.ShouldContain(f => f.Contains(key, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Delete_Job_LeavesNothingOfItAnywhere()
    {
        var (asset, _) = await AdoptBytesAsync(10_000_000);
        await _store.AdoptAsync(Write(asset.JobId, "still"), Describe(asset.JobId, "still") with { FileName = "thumbnail.webp", Role = AssetRole.Thumbnail }, Cancel);
        await _store.LocalPathAsync(asset, Cancel);
        Everything(asset.JobId).ShouldNotBeEmpty();

        await _store.DeleteAsync(asset.JobId, Cancel);

        Everything(asset.JobId).ShouldBeEmpty();
    }

    [Fact]
    public async Task LocalPath_OfOtherContentUnderTheSameName_IsAnotherFile()
    {
        var job = NewJob();
        var first = await AdoptAsync(job, "the film");
        (await File.ReadAllTextAsync(await _store.LocalPathAsync(first, Cancel), Cancel)).ShouldBe("the film");

        var second = await AdoptAsync(job, "the cut!");

        (await File.ReadAllTextAsync(await _store.LocalPathAsync(second, Cancel), Cancel)).ShouldBe("the cut!");
        // What the row no longer says is there must not be taken for it.
        Array.ForEach(Directory.GetFiles(Folder.File("data/cache")), File.Delete);
        (await Should.ThrowAsync<KinoraException>(() => _store.LocalPathAsync(first, Cancel))).Code.ShouldBe(ErrorCodes.StorageDamaged);
        Directory.GetFiles(Folder.File("data/cache")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Path_TwentyAtOnce_FetchOnce()
    {
        var (asset, data) = await AdoptBytesAsync(3_000_000);

        var paths = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _store.LocalPathAsync(asset, Cancel)));

        paths.Distinct().ShouldHaveSingleItem();
        (await File.ReadAllBytesAsync(paths[0], Cancel)).AsSpan().SequenceEqual(data).ShouldBeTrue();
        Directory.GetFiles(Folder.File("data/cache")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Input_ReadOnAnotherMachine_IsFetchedAndProved()
    {
        var image = await _store.PutInputAsync(Write(NewJob(), "pixels of one"), new CleanImage("image/png", 4, 3), Cancel);
        using var other = S3Stores.Make(Folder.File("other"), S3Stores.Options(_server.Endpoint) with { Prefix = "studio/kinora/" });

        var path = await other.PathAsync(image, Cancel);

        path.ShouldStartWith(Folder.File("other"));
        (await File.ReadAllTextAsync(path, Cancel)).ShouldBe("pixels of one");
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData("NOBODY", "wrong-secret-wrong-secret", "films", "Storage:S3:AccessKey")]
    [InlineData("S3RVER", "S3RVER", "nowhere", "Storage:S3:Bucket")]
    public async Task WrongKeyOrBucket_SaysWhatToCorrect_AndLeaksNothing(string id, string secret, string bucket, string named)
    {
        using var store = S3Stores.Make(Folder.File("data"), S3Stores.Options(_server.Endpoint) with { AccessKey = id, SecretKey = secret, Bucket = bucket });
        var job = NewJob();

        var fault = await Should.ThrowAsync<KinoraException>(() => store.AdoptAsync(Write(job, "film"), Describe(job, "film"), Cancel));

        fault.Code.ShouldBe(ErrorCodes.StorageUnavailable);
        fault.Message.ShouldContain(named);
        foreach (var hidden in (string[])[secret, "Signature=", "NOBODY", "nowhere"])
        {
            fault.ToString().ShouldNotContain(hidden);
        }

        (await Should.ThrowAsync<KinoraException>(() => store.OpenAsync(Describe(job, "film"), Cancel))).Code.ShouldBe(ErrorCodes.StorageUnavailable);
    }

    [Fact]
    public async Task Check_OfAUsableBucket_Passes() => await _store.CheckAsync(Cancel);

    [Fact]
    public async Task Sweep_WhereUploadsCannotBeListed_IsNoFault() => await _store.SweepAsync(Cancel);

    protected override void Dispose(bool disposing)
    {
        _store.Dispose();
        base.Dispose(disposing);
    }

    private string[] Everything(JobId job) =>
        [.. _server.Files().Concat(Directory.GetFiles(Folder.File("data"), "*", SearchOption.AllDirectories)).Where(f => f.Contains(job.Hex, StringComparison.Ordinal))];

    private async Task<(Asset Asset, byte[] Data)> AdoptBytesAsync(int bytes)
    {
        var job = NewJob();
        var data = RandomNumberGenerator.GetBytes(bytes);
        var file = Path.Combine(_store.WorkFolder(job), "result");
        await File.WriteAllBytesAsync(file, data, Cancel);
        var asset = Describe(job, "") with { Bytes = bytes, Sha256 = Convert.ToHexStringLower(SHA256.HashData(data)) };
        await _store.AdoptAsync(file, asset, Cancel);
        return (asset, data);
    }
}
