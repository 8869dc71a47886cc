using System.Globalization;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Commands;

/// <summary>A create whose answer never came, at a provider without a list: what the operator sees, and what he can say of it.</summary>
public sealed class UnknownJobsTests
{
    private const string NoAnswer = "create=reset_after_accept,running=1";

    [Fact]
    public async Task FoundAtTheProvider_GoesOnFromThere_AndIsPaidOnce()
    {
        await using var scene = await LabFixture.StartAsync(dialect: "trtllm");
        var id = await UnknownAsync(scene);
        var listed = await scene.Kinora.RunAsync("jobs", "unknown");
        listed.Out.ShouldContain(id);
        listed.Out.ShouldContain("kinora jobs resolve");
        var doctor = await scene.Kinora.RunAsync("doctor");
        doctor.ExitCode.ShouldNotBe(0);
        doctor.Out.ShouldContain("1 were sent, and nobody knows what became of them");

        var settled = await scene.Kinora.RunAsync("jobs", "resolve", id, "--remote-id", RemoteId(scene), "--json");

        settled.Json.GetProperty("stage").GetString().ShouldBe("running", settled.Error);
        var ended = await scene.Kinora.RunAsync("wait", id, "--json");
        ended.Json.GetProperty("stage").GetString().ShouldBe("completed", ended.Error);
        scene.Creates.ShouldBe(1);
        (await scene.Kinora.RunAsync("jobs", "unknown")).Out.Trim().ShouldBe("There are none.");
        var again = await scene.Kinora.RunAsync("jobs", "resolve", id, "--lost");
        again.ExitCode.ShouldNotBe(0);
        again.Error.ShouldContain("is completed");
    }

    [Fact]
    public async Task NotAtTheProvider_HasFailed_AndIsFreeOfCharge()
    {
        await using var scene = await LabFixture.StartAsync(dialect: "trtllm");
        var id = await UnknownAsync(scene);

        var settled = await scene.Kinora.RunAsync("jobs", "resolve", id, "--lost", "--json");

        settled.Json.GetProperty("stage").GetString().ShouldBe("failed", settled.Error);
        settled.Json.GetProperty("charged_usd").GetDecimal().ShouldBe(0);
        settled.Json.GetProperty("error").GetProperty("code").GetString().ShouldBe("remote_lost");
        (await scene.Kinora.RunAsync("wait", id, "--json")).Json.GetProperty("stage").GetString().ShouldBe("failed");
        scene.Creates.ShouldBe(1);
    }

    [Fact]
    public async Task DeletedByItsOwner_StaysWithTheOperator_AndIsBackWhenItWasPaid()
    {
        await using var scene = await LabFixture.StartAsync(dialect: "trtllm");
        var (paid, lost) = (await UnknownAsync(scene), await UnknownAsync(scene));
        (await scene.Kinora.RunAsync("delete", paid)).ExitCode.ShouldBe(0);
        (await scene.Kinora.RunAsync("delete", lost)).ExitCode.ShouldBe(0);
        (await scene.Kinora.RunAsync("status", paid)).Error.ShouldContain("There is no job with that id");
        var listed = await scene.Kinora.RunAsync("jobs", "unknown");
        listed.Out.ShouldContain(paid);
        listed.Out.ShouldContain(lost);

        var found = await scene.Kinora.RunAsync("jobs", "resolve", paid, "--remote-id", scene.Lab.Ledger.Creates[0].RemoteId, "--json");
        var missed = await scene.Kinora.RunAsync("jobs", "resolve", lost, "--lost", "--json");

        found.Json.GetProperty("stage").GetString().ShouldBe("running", found.Error);
        (await scene.Kinora.RunAsync("wait", paid, "--json")).Json.GetProperty("stage").GetString().ShouldBe("completed");
        missed.Json.GetProperty("stage").GetString().ShouldBe("failed", missed.Error);
        (await scene.Kinora.RunAsync("status", lost)).Error.ShouldContain("There is no job with that id");
        (await scene.Kinora.RunAsync("jobs", "resolve", lost, "--lost")).Error.ShouldContain("There is no job with that id");
        (await scene.Kinora.RunAsync("jobs", "unknown")).Out.Trim().ShouldBe("There are none.");
        scene.Creates.ShouldBe(2);
    }

    [Fact]
    public async Task AnIdThatIsNotThisJobs_IsRefused_AndNothingChanges()
    {
        await using var scene = await LabFixture.StartAsync(dialect: "trtllm");
        var other = await scene.CreateAsync("running=1");
        var taken = RemoteId(scene);
        var id = await UnknownAsync(scene);

        await RefusedAsync(scene, id, "video_that_never_was", "does not know the job");
        await RefusedAsync(scene, id, taken, "Another job here has that id");
        await RefusedAsync(scene, id, "a\u001bb", "text of 1 to 512 characters");
        (await scene.Kinora.RunAsync("jobs", "resolve", id)).Error.ShouldContain("either --lost or --remote-id");
        (await scene.Kinora.RunAsync("jobs", "resolve", id, "--lost", "--remote-id", "x")).Error.ShouldContain("either --lost or --remote-id");
        (await scene.Kinora.RunAsync("jobs", "resolve", other.Json.GetProperty("id").GetString()!, "--lost")).Error.ShouldContain("is completed");
        (await scene.Kinora.RunAsync("jobs", "resolve", "video_" + new string('0', 32), "--lost")).Error.ShouldContain("There is no job with that id");

        (await scene.Kinora.StatusAsync(id)).GetProperty("stage").GetString().ShouldBe("submission_unknown");
        scene.Creates.ShouldBe(2);
    }

    private static async Task<string> UnknownAsync(LabFixture scene)
    {
        var created = await scene.CreateAsync(NoAnswer);
        created.Json.GetProperty("stage").GetString().ShouldBe("submission_unknown", created.Error);
        return created.Json.GetProperty("id").GetString()!;
    }

    private static async Task RefusedAsync(LabFixture scene, string id, string remoteId, string text)
    {
        var run = await scene.Kinora.RunAsync("jobs", "resolve", id, "--remote-id", remoteId);
        run.ExitCode.ShouldNotBe(0, string.Create(CultureInfo.InvariantCulture, $"{remoteId}: {run.Out}"));
        run.Error.ShouldContain(text);
    }

    /// <summary>Of the newest create, as the lab gave it out.</summary>
    private static string RemoteId(LabFixture scene) => scene.Lab.Ledger.Creates[^1].RemoteId;
}
