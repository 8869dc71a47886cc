using System.Text.Json;
using System.Text.Json.Serialization;
using Kinora.Server.Lab.Shapes;

namespace Kinora.Server.Lab;

/// <summary><c>/lab</c>: help, ledger, traffic, scripts.</summary>
internal static class LabAdmin
{
    public static void Map(IEndpointRouteBuilder routes, LabDesk desk, IReadOnlyList<ILabShape> shapes)
    {
        routes.MapGet("/", context => TextAsync(context, 200, LabHelp.Write(shapes)));
        routes.MapGet("/lab", context => TextAsync(context, 200, LabHelp.Write(shapes)));
        routes.MapGet("/lab/ledger", context => JsonAsync(context, new LedgerAnswer(desk.Ledger.Creates.Count, desk.Ledger.Creates), LabJson.Default.LedgerAnswer));
        routes.MapDelete("/lab/ledger", context =>
        {
            desk.Reset();
            return TextAsync(context, 200, "Ledger, jobs, counts, scripts and outage are cleared.\n");
        });
        routes.MapGet("/lab/requests", context => JsonAsync(
            context,
            new TrafficAnswer(
                [.. desk.Jobs.Select(job => new JobCounts(job.Id, job.Shape, job.Polls, job.ContentReads, job.State.ToString().ToLowerInvariant(), job.Stopped))],
                desk.Traffic.Requests),
            LabJson.Default.TrafficAnswer));
        routes.MapGet("/lab/sent", context => JsonAsync(context, new SentAnswer(desk.Traffic.Sent), LabJson.Default.SentAnswer));
        routes.MapPost("/lab/script", context => ReadAsync(context, text =>
        {
            desk.Scripts.Enqueue(LabScript.Parse(LabScript.Marker(text) ?? text));
            return $"The next create plays \"{text}\".\n";
        }));
        routes.MapPost("/lab/outage", context => ReadAsync(context, text =>
        {
            desk.Outage = LabScript.ParseFault(text, null);
            return $"Every request meets \"{text}\" until DELETE /lab/outage.\n";
        }));
        routes.MapDelete("/lab/outage", context =>
        {
            desk.Outage = null;
            return TextAsync(context, 200, "All is well again.\n");
        });
    }

    private static async Task ReadAsync(HttpContext context, Func<string, string> act)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = (await reader.ReadToEndAsync(context.RequestAborted)).Trim();
        try
        {
            await TextAsync(context, 200, act(text));
        }
        catch (FormatException fault)
        {
            await TextAsync(context, 400, fault.Message + "\n");
        }
    }

    private static Task TextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static Task JsonAsync<T>(HttpContext context, T body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(context.Response.Body, body, type, context.RequestAborted);
    }
}

internal sealed record LedgerAnswer(int Count, IReadOnlyList<LabCreate> Creates);

internal sealed record TrafficAnswer(IReadOnlyList<JobCounts> Jobs, IReadOnlyList<LabRequest> Requests);

internal sealed record SentAnswer(IReadOnlyList<LabSent> Requests);

/// <summary>How often a job was asked after.</summary>
internal sealed record JobCounts(string Id, string Shape, int Polls, int ContentReads, string State, bool Stopped);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(LedgerAnswer))]
[JsonSerializable(typeof(TrafficAnswer))]
[JsonSerializable(typeof(SentAnswer))]
internal sealed partial class LabJson : JsonSerializerContext;
