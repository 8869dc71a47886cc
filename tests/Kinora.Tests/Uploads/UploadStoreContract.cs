using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Tests.Fakes;
using Kinora.Uploads;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Uploads;

/// <summary>What every <see cref="IUploadStore"/> promises, whichever database is below it.</summary>
public abstract class UploadStoreContract : IAsyncLifetime
{
    private static readonly SystemRandomBytes Random = new();

    private readonly TestClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IUploadStore Store { get; set; } = null!;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>One more, with connections of its own, on the same database.</summary>
    protected abstract Task<IUploadStore> OpenAsync();

    [Fact]
    public async Task Add_File_IsReadAsItWas()
    {
        var file = File("ann") with { FileName = "o'brien \"1\"; -- ümläut 鍵 🦊.png", Bytes = 5_000_000_000 };

        (await Store.AddAsync(file, 1, Cancel)).ShouldBeTrue();

        (await (await OpenAsync()).GetAsync(file.Id, "ann", Cancel)).ShouldBe(file);
    }

    [Fact]
    public async Task Get_OfAnotherOwnerOrUnknown_IsNull()
    {
        var file = await AddAsync("ann");

        (await Store.GetAsync(file.Id, "eve", Cancel)).ShouldBeNull();
        (await Store.GetAsync(file.Id, "", Cancel)).ShouldBeNull();
        (await Store.GetAsync(FileId.New(Random), "ann", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Add_OverTheLimit_StoresNothing_AndDeletedAndOthersDoNotCount()
    {
        var first = await AddAsync("ann");
        await AddAsync("ann");
        var third = File("ann");

        (await Store.AddAsync(third, 2, Cancel)).ShouldBeFalse();

        (await Store.GetAsync(third.Id, "ann", Cancel)).ShouldBeNull();
        (await Store.CountAsync("ann", Cancel)).ShouldBe(2);
        (await Store.AddAsync(File("bob"), 1, Cancel)).ShouldBeTrue();
        await Store.DeleteAsync(first.Id, "ann", _clock.Now, Cancel);
        (await Store.CountAsync("ann", Cancel)).ShouldBe(1);
        (await Store.AddAsync(third, 2, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Add_ManyAtOnce_FromTwoStores_KeepsTheLimit()
    {
        var other = await OpenAsync();

        var added = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() => (n % 2 == 0 ? Store : other).AddAsync(File("ann"), 7, Cancel))));

        added.Count(yes => yes).ShouldBe(7);
        (await Store.CountAsync("ann", Cancel)).ShouldBe(7);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task List_InPages_ShowsEachOnce_InOrder_WithoutOthers(bool oldestFirst)
    {
        var files = new List<UploadedFile>();
        for (var n = 0; n < 7; n++)
        {
            files.Add(await AddAsync("ann"));
            await AddAsync("bob");
        }

        var (seen, sizes, more, after) = (new List<UploadedFile>(), new List<int>(), true, (FileId?)null);
        while (more)
        {
            var page = (await Store.ListAsync(new UploadQuery("ann", 3, after, oldestFirst), Cancel))!;
            seen.AddRange(page.Files);
            sizes.Add(page.Files.Count);
            (more, after) = (page.HasMore, page.Files[^1].Id);
        }

        seen.ShouldBe(oldestFirst ? files : Enumerable.Reverse(files));
        sizes.ShouldBe([3, 3, 1]);
        (await Store.ListAsync(new UploadQuery("ann", 7), Cancel))!.HasMore.ShouldBeFalse();
        (await Store.ListAsync(new UploadQuery("nobody", 3), Cancel))!.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task List_OfAPurpose_LeavesOthersOut()
    {
        await AddAsync("ann");
        var data = File("ann") with { Purpose = "user_data" };
        await Store.AddAsync(data, 10, Cancel);
        await AddAsync("ann");

        var page = (await Store.ListAsync(new UploadQuery("ann", 1, Purpose: "user_data"), Cancel))!;

        page.Files.ShouldBe([data]);
        page.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task List_BehindADeletedFile_GoesOn_ButNotBehindAnothersOrAnUnknownOne()
    {
        var (first, second, theirs) = (await AddAsync("ann"), await AddAsync("ann"), await AddAsync("bob"));
        await Store.DeleteAsync(second.Id, "ann", _clock.Now, Cancel);

        (await Store.ListAsync(new UploadQuery("ann", 3, second.Id), Cancel))!.Files.ShouldBe([first]);
        (await Store.ListAsync(new UploadQuery("ann", 3, theirs.Id), Cancel)).ShouldBeNull();
        (await Store.ListAsync(new UploadQuery("ann", 3, FileId.New(Random)), Cancel)).ShouldBeNull();
        (await Store.ListAsync(new UploadQuery("ann", 3, first.Id), Cancel))!.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_ForgetsOnce_AndOnlyItsOwners()
    {
        var (file, other) = (await AddAsync("ann"), await AddAsync("ann"));

        (await Store.DeleteAsync(file.Id, "eve", _clock.Now, Cancel)).ShouldBeFalse();
        (await Store.DeleteAsync(FileId.New(Random), "ann", _clock.Now, Cancel)).ShouldBeFalse();
        (await Store.DeleteAsync(file.Id, "ann", _clock.Now, Cancel)).ShouldBeTrue();
        (await Store.DeleteAsync(file.Id, "ann", _clock.Now, Cancel)).ShouldBeFalse();

        (await Store.GetAsync(file.Id, "ann", Cancel)).ShouldBeNull();
        (await Store.ListAsync(new UploadQuery("ann", 3), Cancel))!.Files.ShouldBe([other]);
    }

    private async Task<UploadedFile> AddAsync(string owner)
    {
        var file = File(owner);
        (await Store.AddAsync(file, 1_000, Cancel)).ShouldBeTrue();
        return file;
    }

    private UploadedFile File(string owner) => new()
    {
        Id = FileId.New(Random),
        Owner = owner,
        FileName = "cat.png",
        Purpose = "vision",
        Bytes = 100,
        Picture = new InputImage("hash", "image/png", 64, 32, Alpha: true),
        CreatedAt = _clock.Now,
    };
}
