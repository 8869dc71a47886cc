using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.References;
using Kinora.Tests.Fakes;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.References;

/// <summary>A picture named by its address goes the way of every other picture.</summary>
public sealed class LinkTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeUrls _urls = new() { Bodies = { ["https://pictures.test/fox.png"] = "fox", ["https://pictures.test/page"] = "bad page" } };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_Link_StoresWhatWasFetched()
    {
        var assets = new FakeAssets(_folder.Path);

        var image = await Importer(assets).ImportAsync(new ImageSource.Link("input_reference_url", "https://pictures.test/fox.png"), Cancel);

        (await File.ReadAllTextAsync(await assets.PathAsync(image, Cancel), Cancel)).ShouldBe("fox");
    }

    [Theory]
    [InlineData("https://pictures.test/page", ErrorCodes.InvalidImage)]
    [InlineData("http://127.0.0.1/", ErrorCodes.UrlRefused)]
    public async Task Import_LinkToNoPicture_IsRefusedAndLeavesNothing(string url, string code)
    {
        var refusal = await Should.ThrowAsync<KinoraException>(() => Importer(new FakeAssets(_folder.Path)).ImportAsync(new ImageSource.Link("url", url), Cancel));

        refusal.Code.ShouldBe(code);
        Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private ReferenceImporter Importer(FakeAssets assets) => new(new FakeMedia(), assets, new SystemRandomBytes(), TestFolders.None, _urls);
}
