using System.Text.Json;

namespace Kinora.Server.Tests.Gateway;

/// <summary>One event as it came.</summary>
internal sealed record ServerSentEvent(string Name, JsonElement Data);

/// <summary>Reads a stream of events that has ended (https://html.spec.whatwg.org/multipage/server-sent-events.html), as far as ours go.</summary>
internal static class ServerSentEvents
{
    public static IReadOnlyList<ServerSentEvent> Read(string text)
    {
        var events = new List<ServerSentEvent>();
        foreach (var block in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = block.Split('\n').Where(line => !line.StartsWith(':')).ToList();
            if (lines.Count > 0)
            {
                events.Add(new ServerSentEvent(Field(lines, "event"), JsonDocument.Parse(Field(lines, "data")).RootElement));
            }
        }

        return events;
    }

    private static string Field(List<string> lines, string name) => lines.Single(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];
}
