using Kinora.Server.Tests.Commands;
using Kinora.Server.Tests.Mcp;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Web;

/// <summary>The folder that a server is started in is nobody's settings, and none of its business.</summary>
public sealed class WorkingFolderTests
{
    [Fact]
    public async Task ForeignSettingsAreNotRead_AndNoFolderIsWatched()
    {
        using var kinora = new KinoraProgram();
        await File.WriteAllTextAsync(kinora.PathOf("appsettings.json"), "{ no JSON", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(kinora.PathOf("a/b/c"));
        await using var served = new ServedProduct(kinora);
        await served.StartAsync();

        using var http = new HttpClient();
        (await http.GetAsync(new Uri(new Uri(served.Url), "/health"), TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeTrue();
        Watches(served.Id).ShouldBeEmpty("every write under a watched folder, the database's own too, would wake the server");
    }

    private static string[] Watches(int process) =>
        [.. Directory.GetFiles($"/proc/{process}/fdinfo").SelectMany(Lines).Where(line => line.StartsWith("inotify", StringComparison.Ordinal))];

    // Connections come and go meanwhile.
    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (IOException)
        {
            return [];
        }
    }
}
