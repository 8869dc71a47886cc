using System.Security.Cryptography;
using System.Text;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Media;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Storage;

/// <summary>What every store of results promises. Each implementation inherits it.</summary>
public abstract class AssetStoreContract : IDisposable
{
    private protected TempFolder Folder { get; } = new();

    private protected abstract IAssetStore Store { get; }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Folder.Dispose();

    [Fact]
    public async Task Adopt_FinishedFile_CanBeReadByEveryRoute()
    {
        var asset = await AdoptAsync(NewJob(), "the film");

        (await ReadAsync(asset)).ShouldBe("the film");
        (await File.ReadAllTextAsync(await Store.LocalPathAsync(asset, Cancel), Cancel)).ShouldBe("the film");
        (await Store.ExistsAsync(asset, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Adopt_WorkFile_StaysUntilWorkIsCleared()
    {
        var job = NewJob();
        var asset = await AdoptAsync(job, "the film");
        Directory.GetFiles(Store.WorkFolder(job)).Length.ShouldBe(1);

        Store.ClearWork(job);

        Directory.GetFiles(Store.WorkFolder(job)).ShouldBeEmpty();
        (await ReadAsync(asset)).ShouldBe("the film");
    }

    [Fact]
    public async Task Adopt_Again_ReplacesTheEarlierTry()
    {
        var job = NewJob();
        var earlier = await AdoptAsync(job, "half of the film");

        var asset = await AdoptAsync(job, "all of the film!!");

        (await ReadAsync(asset)).ShouldBe("all of the film!!");
        (await Store.ExistsAsync(earlier, Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Adopt_SizeIsNotWhatTheRowSays_IsRefused()
    {
        var job = NewJob();
        var file = Write(job, "the film");

        var fault = await Should.ThrowAsync<KinoraException>(() => Store.AdoptAsync(file, Describe(job, "another film"), Cancel));

        fault.Code.ShouldBe(ErrorCodes.AssetInvalid);
        (await Store.ExistsAsync(Describe(job, "the film"), Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Adopt_Cancelled_LeavesNothing()
    {
        var job = NewJob();
        var file = Write(job, "the film");

        await Should.ThrowAsync<OperationCanceledException>(() => Store.AdoptAsync(file, Describe(job, "the film"), new CancellationToken(true)));

        (await Store.ExistsAsync(Describe(job, "the film"), Cancel)).ShouldBeFalse();
        File.Exists(file).ShouldBeTrue();
    }

    [Fact]
    public async Task Adopt_ManyJobsAtOnce_KeepsThemApart()
    {
        var assets = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => AdoptAsync(NewJob(), $"film {i}")));

        (await Task.WhenAll(assets.Select(ReadAsync))).ShouldBe(Enumerable.Range(0, 50).Select(i => $"film {i}"));
    }

    [Fact]
    public async Task Open_NotThere_IsAssetMissing()
    {
        var asset = Describe(NewJob(), "never made");

        (await Should.ThrowAsync<KinoraException>(() => Store.OpenAsync(asset, Cancel))).Code.ShouldBe(ErrorCodes.AssetMissing);
        (await Should.ThrowAsync<KinoraException>(() => Store.LocalPathAsync(asset, Cancel))).Code.ShouldBe(ErrorCodes.AssetMissing);
        (await Store.ExistsAsync(asset, Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Open_LargeFile_IsSeekable()
    {
        var asset = await AdoptAsync(NewJob(), new string('a', 100_000) + "end");

        await using var stream = await Store.OpenAsync(asset, Cancel);
        stream.Length.ShouldBe(100_003);
        stream.Seek(100_000, SeekOrigin.Begin);

        (await new StreamReader(stream).ReadToEndAsync(Cancel)).ShouldBe("end");
    }

    [Fact]
    public async Task Exists_OtherSize_IsFalse()
    {
        var asset = await AdoptAsync(NewJob(), "the film");

        (await Store.ExistsAsync(asset with { Bytes = 7 }, Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Delete_Job_RemovesResultsAndScratchOfItAlone()
    {
        var (job, other) = (NewJob(), NewJob());
        var gone = await AdoptAsync(job, "gone");
        var kept = await AdoptAsync(other, "kept");

        await Store.DeleteAsync(job, Cancel);

        (await Store.ExistsAsync(gone, Cancel)).ShouldBeFalse();
        (await ReadAsync(kept)).ShouldBe("kept");
        Store.ListWork().ShouldNotContain(w => w.Job == job);
    }

    [Fact]
    public async Task Delete_NothingThere_IsNoError()
    {
        await Store.DeleteAsync(NewJob(), Cancel);
        Store.ClearWork(NewJob());
    }

    [Fact]
    public void ListWork_NamesScratchFoldersUntilTheyAreCleared()
    {
        Store.ListWork().ShouldBeEmpty();
        var (scratch, other) = (NewJob(), NewJob());
        Store.WorkFolder(scratch);
        Store.WorkFolder(other);
        Store.ListWork().Select(w => w.Job).ShouldBe([scratch, other], ignoreOrder: true);

        Store.ClearWork(other);

        Store.ListWork().ShouldHaveSingleItem().Job.ShouldBe(scratch);
    }

    [Fact]
    public async Task PutInput_SamePictureTwice_IsOneFileUnderItsHash()
    {
        var first = await Store.PutInputAsync(Write(NewJob(), "pixels"), new CleanImage("image/png", 4, 3), Cancel);
        var second = await Store.PutInputAsync(Write(NewJob(), "pixels"), new CleanImage("image/png", 4, 3), Cancel);

        second.ShouldBe(first);
        first.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData("pixels"u8)));
        var path = await Store.PathAsync(first, Cancel);
        Path.GetExtension(path).ShouldBe(".png");
        (await File.ReadAllTextAsync(path, Cancel)).ShouldBe("pixels");
    }

    [Fact]
    public async Task PutInput_ScratchIsCleared_PictureStays()
    {
        var job = NewJob();
        var image = await Store.PutInputAsync(Write(job, "jpeg"), new CleanImage("image/jpeg", 4, 3), Cancel);

        Store.ClearWork(job);

        Path.GetExtension(await Store.PathAsync(image, Cancel)).ShouldBe(".jpg");
    }

    [Theory]
    [InlineData("video/mp4", ".mp4")]
    [InlineData("video/quicktime", ".mov")]
    [InlineData("video/webm", ".webm")]
    public async Task PutInputVideo_SourceIsDeleted_FileStaysUnderItsHash(string type, string ending)
    {
        var asset = await AdoptAsync(NewJob(), "the film");
        var video = new InputVideo(asset.Sha256, type, 64, 64, 1);

        await Store.PutInputVideoAsync(await Store.LocalPathAsync(asset, Cancel), video, Cancel);
        await Store.PutInputVideoAsync(await Store.LocalPathAsync(asset, Cancel), video, Cancel);
        await Store.DeleteAsync(asset.JobId, Cancel);

        var path = await Store.PathAsync(video, Cancel);
        Path.GetFileName(path).ShouldBe(asset.Sha256 + ending);
        (await File.ReadAllTextAsync(path, Cancel)).ShouldBe("the film");
    }

    [Fact]
    public async Task Path_UnknownVideo_IsAssetMissing() =>
        (await Should.ThrowAsync<KinoraException>(() => Store.PathAsync(new InputVideo(new string('0', 64), "video/mp4", 1, 1, 1), Cancel))).Code.ShouldBe(ErrorCodes.AssetMissing);

    [Fact]
    public async Task Path_UnknownPicture_IsAssetMissing()
    {
        var fault = await Should.ThrowAsync<KinoraException>(
            () => Store.PathAsync(new InputImage(new string('0', 64), "image/png", 1, 1), Cancel));

        fault.Code.ShouldBe(ErrorCodes.AssetMissing);
    }

    [Fact]
    public async Task Names_FromAnEditedDatabase_NeverLeaveTheStore()
    {
        var asset = await AdoptAsync(NewJob(), "film");
        foreach (var name in new[] { "../secret", "/etc/passwd", "..", "", ".hidden" })
        {
            await Should.ThrowAsync<ArgumentException>(async () => await Store.OpenAsync(asset with { FileName = name }, Cancel));
        }

        await Should.ThrowAsync<ArgumentException>(async () => await Store.PathAsync(new InputImage("../../etc/passwd", "image/png", 1, 1), Cancel));
    }

    [Fact]
    public void FreeBytes_IsTold() => Store.FreeBytes().ShouldBeGreaterThan(0);

    private protected static JobId NewJob() => JobId.New(new SystemRandomBytes());

    private protected string Write(JobId job, string text)
    {
        var file = Path.Combine(Store.WorkFolder(job), "result");
        File.WriteAllText(file, text);
        return file;
    }

    private protected static Asset Describe(JobId job, string text) => new()
    {
        JobId = job,
        Role = AssetRole.Video,
        FileName = "video.mp4",
        MimeType = "video/mp4",
        Bytes = text.Length,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
    };

    private protected async Task<Asset> AdoptAsync(JobId job, string text)
    {
        var asset = Describe(job, text);
        await Store.AdoptAsync(Write(job, text), asset, Cancel);
        return asset;
    }

    private protected async Task<string> ReadAsync(Asset asset)
    {
        await using var stream = await Store.OpenAsync(asset, Cancel);
        return await new StreamReader(stream).ReadToEndAsync(Cancel);
    }
}
