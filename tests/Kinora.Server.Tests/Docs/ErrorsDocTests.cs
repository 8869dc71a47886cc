using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Kinora.Errors;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Docs;

/// <summary>docs/errors.md is made from the table of recoveries. KINORA_UPDATE_DOCS=1 writes it anew.</summary>
public sealed class ErrorsDocTests
{
    [Fact]
    public void ErrorsPage_SaysWhatTheTableSays()
    {
        var path = Path.Combine(Docs(), "errors.md");
        var wanted = Page();
        if (Environment.GetEnvironmentVariable("KINORA_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, wanted);
        }

        File.ReadAllText(path).ShouldBe(wanted, "docs/errors.md is old; run the tests once with KINORA_UPDATE_DOCS=1");
    }

    private static string Page()
    {
        var page = new StringBuilder(
            """
            # Errors

            <!-- Made from Kinora.Errors.Recovery by ErrorsDocTests; do not edit by hand. -->

            Every refusal and every failed job has a code. Its sentence says what happened and what to do; the table says the rest for programs. The code is
            `error.code` on the command line (`--json`) and `_meta["kinora/code"]` in MCP tool errors; category, `retryable` and the suggestion stand beside it.

            *Retryable*: the same call, unchanged, may succeed later, and nothing is paid twice by trying. A failed job that is created anew is a new job with a price of its own.

            | code | category | retryable | what to do |
            |---|---|---|---|

            """);
        foreach (var (code, recovery) in Recovery.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{code}` | {recovery.Word} | {(recovery.Retryable ? "yes" : "no")} | {recovery.Suggestion} |\n");
        }

        return page.ToString();
    }

    private static string Docs([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "docs"));
}
