using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Jobs;

public sealed class JobTests
{
    [Fact]
    public void With_OtherJson_IsReadAnew()
    {
        var job = TestJobs.New(DateTimeOffset.UnixEpoch, prompt: "one") with { OutputsJson = """[{"url":"https://files.example/1"}]""" };
        job.Request.Prompt.ShouldBe("one");
        job.Outputs.Count.ShouldBe(1);

        var other = job with { RequestJson = """{"prompt":"two"}""", OutputsJson = null };

        other.Request.Prompt.ShouldBe("two");
        other.Outputs.ShouldBeEmpty();
        job.Request.Prompt.ShouldBe("one");
    }
}
