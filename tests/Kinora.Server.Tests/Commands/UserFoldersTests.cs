using System.Net;
using Kinora.Server.Tests.Mcp;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Commands;

/// <summary>Folders of the operator that have become unusable: doctor says what mends it, and the server says that it is not ready.</summary>
public sealed class UserFoldersTests : IDisposable
{
    private readonly KinoraProgram _kinora = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Videos => _kinora.PathOf("films");

    private string References => _kinora.PathOf("pictures");

    public void Dispose() => _kinora.Dispose();

    [Fact]
    public async Task Doctor_FoldersThatCanBeUsed_AreTold()
    {
        Place();

        var run = await _kinora.RunAsync("doctor");

        run.Out.ShouldMatch($"ok +video folder +{Videos}");
        run.Out.ShouldMatch($"ok +reference folder +{References}");
    }

    [Fact]
    public async Task Doctor_FolderThatIsALink_OrMayNotBeWritten_IsTold_WithItsMend()
    {
        Place();
        await OrdinaryUser.UseAsync(_kinora);
        Directory.Delete(Videos);
        Directory.CreateSymbolicLink(Videos, _kinora.Work);
        File.SetUnixFileMode(References, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        var run = await _kinora.RunAsync("doctor");

        run.ExitCode.ShouldBe(1);
        run.Out.ShouldMatch("BAD +video folder +The video folder is a link or a file");
        run.Out.ShouldMatch("BAD +reference folder +Kinora may not write there");
        run.Out.ShouldContain("or set Folders:Videos");
        run.Out.ShouldContain("or set Folders:References");
    }

    [Fact]
    public async Task Ready_FolderReplacedByALink_IsTold_UntilItIsBack()
    {
        Place();
        await using var served = new ServedProduct(_kinora);
        await served.StartAsync();
        (await ReadyAsync(served)).ShouldBe((HttpStatusCode.OK, """{"status":"ready"}"""));

        Directory.Move(Videos, Videos + "-before");
        Directory.CreateSymbolicLink(Videos, Videos + "-before");
        await ComesAsync(served, HttpStatusCode.ServiceUnavailable, """{"status":"not ready","failing":["video folder"]}""");

        File.Delete(Videos);
        Directory.Move(Videos + "-before", Videos);
        await ComesAsync(served, HttpStatusCode.OK, """{"status":"ready"}""");
    }

    [Fact]
    public async Task Ready_FolderThatIsAnotherThanBefore_IsTold()
    {
        Place();
        await using var served = new ServedProduct(_kinora);
        await served.StartAsync();
        (await ReadyAsync(served)).Status.ShouldBe(HttpStatusCode.OK);

        Directory.Move(References, References + "-before");
        Directory.CreateDirectory(References);

        await ComesAsync(served, HttpStatusCode.ServiceUnavailable, """{"status":"not ready","failing":["reference folder"]}""");
    }

    /// <summary>The answer may be a second old.</summary>
    private static async Task ComesAsync(ServedProduct served, HttpStatusCode status, string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(KinoraProgram.Patience);
        while (await ReadyAsync(served) != (status, text))
        {
            await Task.Delay(100, limit.Token);
        }
    }

    private static async Task<(HttpStatusCode Status, string Text)> ReadyAsync(ServedProduct served)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(new Uri(served.Url), "/ready"), Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private void Place()
    {
        Directory.CreateDirectory(Videos);
        Directory.CreateDirectory(References);
        _kinora.Environment["KINORA__Folders__Videos"] = Videos;
        _kinora.Environment["KINORA__Folders__References"] = References;
    }
}
