using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Kinora.Server.Lab;
using Kinora.Server.Telemetry;
using Kinora.Server.Tests.Api.Flows;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Telemetry;

public sealed class MetricsTests
{
    [Fact]
    public async Task ServedMetrics_AreStrictText_ForAdminsOnly_AndTellOfJobsMoneyAndProviders()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Url = "http://127.0.0.1:0" });
        await using var api = new ServedApi();
        LabFixture.Use(api.Kinora, lab, "openai");
        await api.InitializeAsync();
        using var stranger = api.Stranger();
        (await stranger.GetAsync("/metrics")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        await api.Admin.MadeAsync(new { prompt = "A harbour [lab:running=1]", model = "lab/lab-video", size = "1280x720", seconds = "4" });
        await api.Admin.StartAsync(new { prompt = "A pier [lab:running=100000]", model = "lab/lab-video", size = "1280x720", seconds = "4" });

        var families = PrometheusParser.Parse((await api.Admin.GetAsync("/metrics")).Text);

        families["kinora_jobs_ended_total"].Samples["""kinora_jobs_ended_total{provider="lab",status="completed"}"""].ShouldBe(1);
        families["kinora_jobs_open"].Samples.Where(s => s.Key.Contains("\"lab\"", StringComparison.Ordinal)).Sum(s => s.Value).ShouldBe(1);
        families["kinora_provider_call_duration_seconds"].Samples["""kinora_provider_call_duration_seconds_count{provider="lab",call="create",outcome="2xx"}"""].ShouldBeGreaterThanOrEqualTo(1);
        families["kinora_step_duration_seconds"].Samples.Keys.ShouldContain(k => k.Contains("""step="submit",outcome="running""", StringComparison.Ordinal));
        families.Keys.ShouldContain("http_server_request_duration_seconds");
        families.Keys.ShouldContain("kinora_claim_lag_seconds");
        // Nobody's name, prompt, file or id is ever a label.
        var text = (await api.Admin.GetAsync("/metrics")).Text;
        text.ShouldNotContain("harbour");
        text.ShouldNotContain(api.Kinora.Data);
        text.ShouldNotContain(api.Admin.UserId);
    }

    [Fact]
    public void HostileLabels_AreEscaped_AndTooManyOfThemAreCountedTogether()
    {
        using var meter = new Meter("test");
        var counter = meter.CreateCounter<long>("test.odd \"name\"", "{thing}", "Ends in a\nline and a \\");
        var series = new MetricSeries(counter);

        series.Record(1, [new("a.b", "quote \" back \\ line \n end")]);
        for (var i = 0; i < 2_000; i++)
        {
            series.Record(1, [new("id", i)]);
        }

        var text = new StringBuilder();
        series.Write(text);
        var family = PrometheusParser.Parse(text.ToString()).Values.ShouldHaveSingleItem();
        family.Samples["test_odd__name__total{a_b=\"quote \\\" back \\\\ line \\n end\"}"].ShouldBe(1);
        family.Samples.Count.ShouldBeLessThanOrEqualTo(1_001);
        family.Samples.Values.Sum().ShouldBe(2_001);
    }

    [Fact]
    public void Histogram_CountsEachValueInItsBucketAndAllAbove()
    {
        using var meter = new Meter("test");
        var series = new MetricSeries(meter.CreateHistogram("test.wait", "s", "Waits", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 10] }));

        foreach (var value in new[] { 0.5, 1, 5, 100 })
        {
            series.Record(value, []);
        }

        var text = new StringBuilder();
        series.Write(text);
        var samples = PrometheusParser.Parse(text.ToString())["test_wait_seconds"].Samples;
        samples["test_wait_seconds_bucket{le=\"1\"}"].ShouldBe(2);
        samples["test_wait_seconds_bucket{le=\"10\"}"].ShouldBe(3);
        samples["test_wait_seconds_bucket{le=\"+Inf\"}"].ShouldBe(4);
        samples["test_wait_seconds_sum{}"].ShouldBe(106.5);
    }

    [Theory]
    [InlineData("# TYPE x counter\nx 1\n")]
    [InlineData("# HELP x_total a\n# TYPE x_total counter\nx_total{a=\"b\nc\"} 1\n")]
    [InlineData("# HELP x a\n# TYPE x gauge\nx{a=\"1\",a=\"2\"} 1\n")]
    [InlineData("# HELP x a\n# TYPE x gauge\nx 1\nx 2\n")]
    [InlineData("# HELP x a\n# TYPE x gauge\ny 1\n")]
    public void TheParser_TakesNothingThatPrometheusWouldNot(string text) => Should.Throw<FormatException>(() => PrometheusParser.Parse(text));
}
