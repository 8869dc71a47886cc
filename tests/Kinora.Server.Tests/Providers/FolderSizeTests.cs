using Kinora.Adapters.Providers.ContentArray;
using Kinora.Providers;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers;

/// <summary>A vendor is one small folder: what vendors have in common is not written twice.</summary>
public sealed class FolderSizeTests
{
    private const int MostLines = 420;

    /// <summary>No vendors: the renderer, the engine of relays, and one protocol spoken to many servers.</summary>
    private static readonly string[] _others = ["Animatic", "Relay", "OpenAiVideos", "OpenAiImages"];

    public static TheoryData<string> Folders => [.. Modules().Keys.Except(_others)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Vendor_IsAFewHundredLines(string folder)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Kinora.slnx")))
        {
            root = Path.GetDirectoryName(root).ShouldNotBeNull();
        }

        var lines = Directory.EnumerateFiles(Path.Combine(root, "src", "Kinora.Adapters", "Providers", folder), "*.cs", SearchOption.AllDirectories).Sum(file => File.ReadLines(file).Count());

        (lines / Modules()[folder]).ShouldBeInRange(50, MostLines);
    }

    [Fact]
    public void Folders_AreThoseOfAllVendors() =>
        Modules().Keys.Except(_others).Order().ShouldBe(["ComfyUi", "ContentArray", "Fal", "Gemini", "OpenRouter", "Replicate", "Runway", "Xai"]);

    /// <summary>How many modules each folder has: a dialect of two vendors is two.</summary>
    private static Dictionary<string, int> Modules() => typeof(ArkModule).Assembly.GetTypes()
        .Where(type => typeof(IProviderModule).IsAssignableFrom(type) && !type.IsAbstract)
        .GroupBy(type => type.Namespace!.Split('.')[^1])
        .ToDictionary(folder => folder.Key, folder => folder.Count());
}
