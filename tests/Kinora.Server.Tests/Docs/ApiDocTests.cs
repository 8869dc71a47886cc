using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Kinora.Server.Api;
using Kinora.Server.Api.Describing;
using Kinora.Server.Tests.Api;
using Kinora.Server.Tests.Mcp;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Docs;

/// <summary>docs/openapi.json and docs/api.md are made from the route table. KINORA_UPDATE_DOCS=1 writes them anew.</summary>
public sealed class ApiDocTests
{
    [Fact]
    public async Task OpenApiFile_SaysWhatTheTableSays_AndIsValid()
    {
        var path = await SameAsync("openapi.json", Encoding.UTF8.GetString(OpenApiDocument.Write(RouteTable.Operations)) + "\n");

        var run = await NodeClients.RunAsync("openapi.mjs", [path], TestContext.Current.CancellationToken);

        run.ExitCode.ShouldBe(0, run.Everything);
        run.Out.Trim().ShouldBe("3.1", run.Everything);
    }

    [Fact]
    public Task ApiPage_SaysWhatTheTableSays() => SameAsync("api.md", Page());

    private static async Task<string> SameAsync(string name, string wanted)
    {
        var cancel = TestContext.Current.CancellationToken;
        var path = Path.Combine(Docs(), name);
        if (Environment.GetEnvironmentVariable("KINORA_UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(path, wanted, cancel);
        }

        (await File.ReadAllTextAsync(path, cancel)).ShouldBe(wanted, $"docs/{name} is old; run the tests once with KINORA_UPDATE_DOCS=1");
        return path;
    }

    private static string Page()
    {
        var page = new StringBuilder(
            """
            # REST

            <!-- Made from the route table by ApiDocTests; do not edit by hand. -->

            `kinora serve` answers at `/api`. Parameters, bodies, answers and errors of each operation stand in [openapi.json](openapi.json), which the server gives as `/openapi.json`
            and, for people, as the page `/docs`. Errors are `{"error", "code", "request_id", …}`; [errors.md](errors.md) lists the codes.

            *Access* is a scope of an API key; whoever signs in has `read` and `create`, an admin `admin` too. *Password* means: signed in by name and password, no API key.
            Operations marked * make a job, take `Idempotency-Key` and are never paid twice under one. Other people's ids answer exactly as unknown ones.


            """);
        foreach (var tag in RouteTable.Operations.GroupBy(o => o.Tag))
        {
            page.Append(CultureInfo.InvariantCulture, $"## {tag.Key}\n\n| method | path | access | what it does |\n|---|---|---|---|\n");
            foreach (var operation in tag)
            {
                page.Append(CultureInfo.InvariantCulture, $"| {operation.Method} | `{operation.Address}` | {Access(operation.Access)} | {operation.Summary}{(operation.StartsJob ? " *" : "")} |\n");
            }

            page.Append('\n');
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Access(ApiAccess access) => access switch { ApiAccess.Anybody => "anybody", ApiAccess.SignedIn => "password", _ => $"`{access.ToString().ToLowerInvariant()}`" };

    private static string Docs([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "docs"));
}
