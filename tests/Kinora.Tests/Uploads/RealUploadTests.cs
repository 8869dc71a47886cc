using Kinora.Adapters.Media.Images;
using Kinora.Adapters.Storage;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.References;
using Kinora.Tests.Fakes;
using Kinora.Tests.Media;
using Kinora.Uploads;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Uploads;

/// <summary>Uploads of real files, with the real cleaner and the real store.</summary>
public sealed class RealUploadTests : IAsyncDisposable
{
    private static readonly Caller Ann = new("ann");

    private readonly Engine _engine = new();
    private readonly TempFolder _folder = new();
    private readonly ImageCleaner _images = new(new ImageOptions(), [.. ChildHost.Command, ImageWorkerCommand.Name]);
    private readonly DiskAssetStore _store;
    private readonly UploadService _service;

    public RealUploadTests()
    {
        var random = new SystemRandomBytes();
        _store = new DiskAssetStore(_folder.File("data"), new StorageOptions());
        var importer = new ReferenceImporter(_images, _store, random, TestFolders.None, new FakeUrls());
        _service = new UploadService(_engine.Uploads, importer, _store, new UploadOptions(), random, _engine.Clock);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Refused => ["empty.png", "svg-named.png", "drawing-script.png", "program.png", "65500-squared-1-bit.png", "progressive-64-mpx.jpg"];

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _images.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task APicture_IsKeptClean_AndEqualOnesShareAFile()
    {
        byte[] upload = [.. HostileImages.Good(), .. "<script>trailing</script>"u8];

        var one = await _service.AddAsync(Ann, _folder.Write("scratch", upload), "cat.png", "vision", Cancel);
        var two = await _service.AddAsync(Ann, _folder.Write("scratch", upload), "dog.png", "vision", Cancel);

        one.Bytes.ShouldBe(upload.Length);
        two.Picture.ShouldBe(one.Picture);
        var content = await _service.ContentAsync(Ann, one.Id.ToString(), Cancel);
        var kept = await File.ReadAllBytesAsync(content.Path, Cancel);
        kept.AsSpan().IndexOf("script"u8).ShouldBe(-1);
        await _service.DeleteAsync(Ann, two.Id.ToString(), Cancel);
        (await File.ReadAllBytesAsync((await _service.ContentAsync(Ann, one.Id.ToString(), Cancel)).Path, Cancel)).ShouldBe(kept);
        _store.ListWork().ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task HostilePictures_AreTheCallersFault(string name)
    {
        var bytes = HostileImages.OtherKinds.TryGetValue(name, out var other) ? other : HostileImages.TooLarge[name];

        var refused = await Should.ThrowAsync<KinoraException>(() => _service.AddAsync(Ann, _folder.Write("scratch", bytes), name, "vision", Cancel));

        refused.Faults.ShouldHaveSingleItem().Field.ShouldBe("file");
        refused.Code.ShouldBeOneOf(ErrorCodes.InvalidRequest, ErrorCodes.InvalidImage, ErrorCodes.ImageTooLarge);
        refused.Message.ShouldNotContain("scratch");
        (await _engine.Uploads.CountAsync("ann", Cancel)).ShouldBe(0);
        _store.ListWork().ShouldBeEmpty();
    }
}
