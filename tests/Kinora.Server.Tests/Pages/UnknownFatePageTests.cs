using System.Text.RegularExpressions;
using Kinora.Server.Lab;
using Kinora.Server.Tests.Commands;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Kinora.Server.Tests.Pages;

/// <summary>A video of which nobody knows whether it was paid, as its owner sees it.</summary>
public sealed class UnknownFatePageTests : IAsyncLifetime
{
    private readonly PageScene _scene = new();
    private LabServer _lab = null!;

    public async ValueTask InitializeAsync()
    {
        _lab = await LabServer.StartAsync(new LabOptions { Url = "http://127.0.0.1:0" }, TestContext.Current.CancellationToken);
        LabFixture.Use(_scene.Kinora, _lab, "trtllm");
        await _scene.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        await _lab.DisposeAsync();
    }

    [Fact]
    public async Task Deleted_ItIsBackByItself_WhenTheOperatorHasFoundIt()
    {
        await using var studio = await _scene.NewStudioAsync();
        var made = await studio.PostAsync("/api/videos", new { prompt = "A harbour [lab:create=reset_after_accept,running=1]", model = "lab/lab-video", size = "1280x720", seconds = 4 });
        var id = made.GetProperty("id").GetString()!;
        var card = studio.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^A harbour.*, Failed") });
        await Expect(card).ToBeVisibleAsync();

        await card.FocusAsync();
        var removed = studio.Page.WaitForResponseAsync(r => r.Request.Method == "DELETE");
        await studio.Page.Keyboard.PressAsync("Delete");
        (await removed).Status.ShouldBe(200);
        await Expect(studio.Cards).ToHaveCountAsync(0);

        var run = await _scene.Kinora.RunAsync("jobs", "resolve", id, "--remote-id", _lab.Ledger.Creates[^1].RemoteId);
        run.ExitCode.ShouldBe(0, run.Error);

        await Expect(studio.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^A harbour.*, Ready") })).ToBeVisibleAsync();
        (await studio.StatusOfAsync($"/api/videos/{id}/content")).ShouldBe(200);
    }
}
