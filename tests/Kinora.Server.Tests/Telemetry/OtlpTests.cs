using System.Collections.Concurrent;
using System.Text;
using Kinora.Server.Lab;
using Kinora.Server.Tests.Api.Flows;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Telemetry;

/// <summary>A collector of our own over loopback: traces and metrics reach it when it is named, and nothing of them reaches a provider.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task NamedCollector_GetsTheJobsTraceUnderTheJobsOwnId_AndMetrics_AndTheProviderHearsNothingOfIt()
    {
        var cancel = TestContext.Current.CancellationToken;
        var bodies = new ConcurrentDictionary<string, ConcurrentQueue<byte[]>>();
        var headers = new ConcurrentQueue<string>();
        await using var collector = await ListenAsync(async context =>
        {
            using var copy = new MemoryStream();
            await context.Request.Body.CopyToAsync(copy, cancel);
            bodies.GetOrAdd(context.Request.Path, _ => []).Enqueue(copy.ToArray());
        });
        await using var lab = await LabServer.StartAsync(new LabOptions { Url = "http://127.0.0.1:0" });
        await using var before = await ListenAsync(context =>
        {
            foreach (var name in context.Request.Headers.Keys)
            {
                headers.Enqueue(name);
            }

            context.Response.Redirect(new Uri(lab.BaseUrl, context.Request.Path + context.Request.QueryString).ToString(), permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        await using var api = new ServedApi();
        LabFixture.Use(api.Kinora, lab, "openai");
        LabFixture.Use(api.Kinora, lab, "openai", "seen");
        api.Kinora.Environment["KINORA__Providers__seen__BaseUrl"] = before.Urls.Single() + "/openai/v1";
        api.Kinora.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.Single();
        api.Kinora.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        api.Kinora.Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "500";
        api.Kinora.Environment["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        await api.InitializeAsync();

        var id = await api.Admin.MadeAsync(new { prompt = "A harbour [lab:running=1]", model = "lab/lab-video", size = "1280x720", seconds = "4" });
        await api.Admin.EndAsync(await api.Admin.StartAsync(new { prompt = "A pier", model = "seen/lab-video", size = "1280x720", seconds = "4" }));

        // Ids are 16 bytes in the wire format, and the trace of a job bears the id of the job.
        var trace = Convert.FromHexString(id.Replace("-", "", StringComparison.Ordinal));
        await ArrivesAsync("/v1/traces", trace);
        foreach (var name in new[] { "kinora", "job create", "job submit", "job poll", "provider create" })
        {
            await ArrivesAsync("/v1/traces", Encoding.UTF8.GetBytes(name));
        }

        foreach (var name in new[] { "kinora.step.duration", "kinora.jobs.ended", "kinora.provider.call.duration", "http.server.request.duration" })
        {
            await ArrivesAsync("/v1/metrics", Encoding.UTF8.GetBytes(name));
        }

        bodies.Values.SelectMany(b => b).Any(b => b.AsSpan().IndexOf("harbour"u8) >= 0).ShouldBeFalse();
        headers.ShouldNotBeEmpty();
        headers.ShouldNotContain(h => h.Equals("traceparent", StringComparison.OrdinalIgnoreCase) || h.Equals("tracestate", StringComparison.OrdinalIgnoreCase) || h.Equals("baggage", StringComparison.OrdinalIgnoreCase));

        async Task ArrivesAsync(string path, byte[] wanted)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(KinoraProgram.Patience);
            while (!(bodies.TryGetValue(path, out var there) && there.Any(b => b.AsSpan().IndexOf(wanted) >= 0)))
            {
                await Task.Delay(100, limit.Token);
            }
        }
    }

    private static async Task<WebApplication> ListenAsync(RequestDelegate handle)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(handle);
        await app.StartAsync();
        return app;
    }
}
