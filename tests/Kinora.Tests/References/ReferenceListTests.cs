using Kinora.Generation;
using Kinora.Catalog;
using Kinora.Adapters.Storage;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Media;
using Kinora.References;
using Kinora.Tests.Fakes;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.References;

public sealed class ReferenceListTests : IDisposable
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];
    private static readonly byte[] WebP = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8 "u8, 1, 2, 3, 4];
    private readonly TempFolder _folder = new();
    private readonly ReferenceService _service;

    public ReferenceListTests()
    {
        var (folders, media, assets, random) = (TestFolders.At(_folder.Path), new FakeMedia(), new DiskAssetStore(_folder.File("data"), new StorageOptions()), new SystemRandomBytes());
        _service = new ReferenceService(folders, new ReferenceImporter(media, assets, random, folders, new FakeUrls()), media, assets, random);
        Directory.CreateDirectory(_folder.File("references/pets/old"));
        Put("a.png", HostileImages.Good(), hoursAgo: 3);
        Put("lies.png", Jpeg, hoursAgo: 1);
        Put("pets/cat.webp", WebP, hoursAgo: 2);
        Put("pets/old/dog.JPG", [.. Jpeg, .. Jpeg], hoursAgo: 2);
        Put("notes.txt", "text"u8.ToArray(), hoursAgo: 0);
        Put("empty.png", [], hoursAgo: 0);
        Put(".hidden.png", HostileImages.Good(), hoursAgo: 0);
        File.CreateSymbolicLink(_folder.File("references/link.png"), "a.png");
        Directory.CreateSymbolicLink(_folder.File("references/linked"), "pets");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_ShowsPicturesAlone_NewestFirst_WithTheirTypeByBytes()
    {
        var page = await _service.ListAsync("local", new ReferenceQuery(), Cancel);

        page.Items.Select(item => (item.Name, item.Type)).ShouldBe(
        [
            ("lies.png", PictureType.Jpeg), ("pets/old/dog.JPG", PictureType.Jpeg), ("pets/cat.webp", PictureType.WebP), ("a.png", PictureType.Png),
        ]);
        page.Items[0].Bytes.ShouldBe(Jpeg.Length);
        page.NextCursor.ShouldBeNull();
    }

    [Theory]
    [InlineData(ReferenceOrder.Name, false, "a.png lies.png pets/cat.webp pets/old/dog.JPG")]
    [InlineData(ReferenceOrder.Name, true, "pets/old/dog.JPG pets/cat.webp lies.png a.png")]
    [InlineData(ReferenceOrder.Size, false, "lies.png pets/old/dog.JPG pets/cat.webp a.png")]
    [InlineData(ReferenceOrder.Modified, false, "a.png pets/cat.webp pets/old/dog.JPG lies.png")]
    public async Task List_InEveryOrder_PageByPage_GivesEachOnce(ReferenceOrder order, bool descending, string expected)
    {
        foreach (var limit in (int[])[1, 3, 4, 100])
        {
            var names = new List<string>();
            string? cursor = null;
            do
            {
                var page = await _service.ListAsync("local", new ReferenceQuery { SortBy = order, Descending = descending, Limit = limit, Cursor = cursor }, Cancel);
                page.Items.Count.ShouldBeInRange(1, limit);
                names.AddRange(page.Items.Select(item => item.Name));
                cursor = page.NextCursor;
            }
            while (cursor is not null);

            names.ShouldBe(expected.Split(' '));
        }
    }

    [Fact]
    public async Task List_CursorOfAFileThatIsGone_GoesOnBehindIt()
    {
        var query = new ReferenceQuery { SortBy = ReferenceOrder.Name, Descending = false, Limit = 2 };
        var first = await _service.ListAsync("local", query, Cancel);
        File.Delete(_folder.File("references/lies.png"));

        var second = await _service.ListAsync("local", query with { Cursor = first.NextCursor }, Cancel);

        second.Items.Select(item => item.Name).ShouldBe(["pets/cat.webp", "pets/old/dog.JPG"]);
    }

    [Theory]
    [InlineData("**/*.webp", null, "pets/cat.webp")]
    [InlineData("pets/*", null, "pets/cat.webp")]
    [InlineData(null, PictureType.Png, "a.png")]
    [InlineData("**", PictureType.Jpeg, "lies.png pets/old/dog.JPG")]
    [InlineData("none*", null, "")]
    public async Task List_ByPatternAndType_GivesThose(string? pattern, PictureType? type, string expected)
    {
        var page = await _service.ListAsync("local", new ReferenceQuery { Pattern = pattern, Type = type, SortBy = ReferenceOrder.Name, Descending = false }, Cancel);

        string.Join(' ', page.Items.Select(item => item.Name)).ShouldBe(expected);
    }

    [Fact]
    public async Task List_WrongLimitOrCursor_IsRefused()
    {
        var cursor = (await _service.ListAsync("local", new ReferenceQuery { Limit = 1 }, Cancel)).NextCursor;
        foreach (var query in (ReferenceQuery[])
        [
            new() { Limit = 0 }, new() { Limit = 101 }, new() { Cursor = "" }, new() { Cursor = "x y" }, new() { Cursor = "AAAA" },
            new() { Cursor = cursor, Descending = false }, new() { Cursor = cursor, SortBy = ReferenceOrder.Size },
        ])
        {
            (await Should.ThrowAsync<KinoraException>(() => _service.ListAsync("local", query, Cancel))).Code.ShouldBe(ErrorCodes.InvalidRequest);
        }
    }

    private void Put(string name, byte[] bytes, int hoursAgo) =>
        File.SetLastWriteTimeUtc(_folder.Write("references/" + name, bytes), new DateTime(2026, 11, 1, 12, 0, 0, DateTimeKind.Utc).AddHours(-hoursAgo));

    [Fact]
    public async Task EverybodyHasAPartOfHisOwn()
    {
        var picture = _folder.File("upload");
        await File.WriteAllBytesAsync(picture, HostileImages.Good(), Cancel);

        (await _service.AddAsync("ann", "cat.webp", new ImageSource.LocalFile("image", picture), Cancel)).Name.ShouldBe("cat.png");

        (await _service.ListAsync("ann", new ReferenceQuery(), Cancel)).Items.ShouldHaveSingleItem().Name.ShouldBe("cat.png");
        (await _service.ListAsync("eve", new ReferenceQuery(), Cancel)).Items.ShouldBeEmpty();
        (await _service.ListAsync("local", new ReferenceQuery(), Cancel)).Items.ShouldNotContain(i => i.Name.Contains("cat.png"));
        await Refused("eve", "cat.png");
        await Refused("eve", "../ann/cat.png");
        await Refused("local", "users/ann/cat.png");
        await Refused("local", "USERS/ann/cat.png");
        await Refused("ann", "a.png");

        async Task Refused(string owner, string name) =>
            (await Should.ThrowAsync<KinoraException>(() => _service.PrepareAsync(owner, new PrepareReference(name, new FrameSize(64, 64)), Cancel)))
                .Code.ShouldBeOneOf(ErrorCodes.FileNotFound, ErrorCodes.InvalidFileName);
    }

    [Fact]
    public async Task Add_NameThatIsTaken_IsRefusedAndTheFileStays()
    {
        var picture = _folder.File("upload");
        await File.WriteAllBytesAsync(picture, HostileImages.Good(), Cancel);
        var before = await File.ReadAllBytesAsync(_folder.File("references/a.png"), Cancel);

        (await Should.ThrowAsync<KinoraException>(() => _service.AddAsync("local", "a.png", new ImageSource.LocalFile("image", picture), Cancel))).Code.ShouldBe(ErrorCodes.FileExists);

        (await File.ReadAllBytesAsync(_folder.File("references/a.png"), Cancel)).ShouldBe(before);
    }
}
