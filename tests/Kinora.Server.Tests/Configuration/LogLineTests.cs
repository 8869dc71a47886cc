using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Kinora.Jobs;
using Kinora.Server.Configuration;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Configuration;

/// <summary>One event, one line of JSON, whatever its texts hold.</summary>
public sealed partial class LogLineTests
{
    private static readonly string[] Hostile =
    [
        "a\nb\r\nc", "{\"level\":\"Error\"}\n{\"time\":\"2026", "\u001b[31mred\u001b[0m\u0007", "\"}, \"level\": \"Critical", "a\u2028b\u2029c\u0085d", "\ud800 alone \udc00", "\0\u0001\u007f\u009b",
        "\u202egnorw", new string('"', 10_000), new string('\n', 5_000), new string('漢', 9_000), string.Concat(Enumerable.Repeat("😀", 3_000)), new string('x', 100_000), "\\", "",
    ];

    public static TheoryData<int> Texts() => new(Enumerable.Range(0, Hostile.Length));

    [Theory]
    [MemberData(nameof(Texts))]
    public void HostileText_InEveryField_StaysOneLine_AndShort(int which)
    {
        var text = Hostile[which];
        var lines = new List<byte[]>();
        var log = new LineLogger(text, line => lines.Add(line.ToArray()));

        log.Log(LogLevel.Error, new EventId(7, text), text, new InvalidOperationException(text), (state, _) => state);

        var line = lines.ShouldHaveSingleItem();
        line[^1].ShouldBe((byte)'\n');
        line[..^1].ShouldAllBe(b => b >= 0x20 && b < 0x7f);
        var json = JsonDocument.Parse(line).RootElement;
        json.EnumerateObject().Select(p => p.Name).ShouldBe(["time", "level", "process", "category", "event", "message", "exception"]);
        json.GetProperty("level").GetString().ShouldBe("Error");
        foreach (var field in json.EnumerateObject())
        {
            Encoding.UTF8.GetByteCount(field.Value.GetRawText()).ShouldBeLessThanOrEqualTo(LogLine.MaxFieldBytes + 2, field.Name);
        }
    }

    [Fact]
    public void ShortText_IsWhole_AndLongTextKeepsItsBeginning()
    {
        LogLine.Cap("a fox").ShouldBe("a fox");
        LogLine.Cap(new string('x', 4_000)).Length.ShouldBe(4_000);
        var cut = LogLine.Cap(new string('x', 5_000));
        cut.ShouldStartWith("xxxx");
        cut[^1].ShouldBe('…');
    }

    [Fact]
    public void JobAndTrace_AreFields_AndTheTimeIsUtc()
    {
        JobId.TryParse("0123456789abcdef0123456789abcdef", out var job).ShouldBeTrue();
        byte[] line = [];
        using var activity = new Activity("test").Start();

        var log = new LineLogger("Kinora.Jobs", l => line = l.ToArray());
        Moved(log, job, "lab");

        var json = JsonDocument.Parse(line).RootElement;
        json.GetProperty("job").GetString().ShouldBe(job.Hex);
        json.GetProperty("trace").GetString().ShouldBe(activity.TraceId.ToHexString());
        json.GetProperty("message").GetString()!.ShouldContain(job.Hex);
        json.GetProperty("time").GetString()!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
    }

    [Fact]
    public async Task ServedWithJson_EveryLineOfTheErrorStreamIsJson()
    {
        using var kinora = new KinoraProgram();
        kinora.Environment["KINORA__Logging__Format"] = "json";
        using var process = kinora.Start(["serve", "--urls", "http://127.0.0.1:0"]);
        using var limit = new CancellationTokenSource(KinoraProgram.Patience);
        var first = await process.StandardError.ReadLineAsync(limit.Token);
        first.ShouldNotBeNull();
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(limit.Token);
        }

        var lines = new List<string> { first };
        while (await process.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            lines.Add(line);
        }

        lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("message").GetString()!).ShouldContain(m => m.StartsWith("Kinora listens on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnotherFormat_IsRefused()
    {
        using var kinora = new KinoraProgram();
        kinora.Environment["KINORA__Logging__Format"] = "xml";

        (await kinora.RunAsync("list")).Error.ShouldContain("Logging:Format");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} ({Provider})")]
    private static partial void Moved(ILogger log, JobId job, string provider);
}
