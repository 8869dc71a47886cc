using Shouldly;
using Xunit;
using static System.Net.HttpStatusCode;

namespace Kinora.Server.Tests.Api.Flows;

/// <summary>What something would cost, what was spent, and what comes from what.</summary>
[Collection(nameof(ServedApi))]
public sealed class SpendTests(ServedApi api)
{
    [Fact]
    public async Task Estimate_NamesTheModelThatWouldMakeIt_AndNoBudgetWhereThereIsNone()
    {
        using var user = await api.NewUserAsync();

        var reply = await user.GetAsync("/api/estimate?model=sora-2&size=1280x720&seconds=8&inputs=1");

        reply.Status.ShouldBe(OK, reply.Text);
        reply.Json.GetProperty("model").GetString().ShouldBe("animatic/storyboard");
        reply.Json.GetProperty("estimated_usd").GetDecimal().ShouldBe(0);
        reply.Json.GetProperty("budgets").ToString().ShouldBe("""{"daily":null,"monthly":null}""");
        (await user.GetAsync("/api/estimate?model=nobody/nothing")).Code.ShouldBe("model_not_found");
        (await user.GetAsync("/api/estimate?size=large")).Status.ShouldBe(BadRequest);
    }

    [Fact]
    public async Task Budgets_AreToldWithWhatIsLeft()
    {
        using var user = await api.NewUserAsync();
        var id = (await user.GetAsync("/api/auth/me")).Json.GetProperty("user").GetProperty("id").GetString();
        (await api.Admin.SendAsync(HttpMethod.Patch, $"/api/admin/users/{id}", JsonContent.Create(new { daily_budget_usd = 2.5 }))).Status.ShouldBe(OK);

        // What another process has written counts within seconds; this one is told at once.
        var budgets = (await user.GetAsync("/api/spend")).Json.GetProperty("budgets");

        budgets.ToString().ShouldBe("""{"daily":{"limit_usd":2.5,"used_usd":0,"left_usd":2.5},"monthly":null}""");
    }

    [Fact]
    public async Task Spend_ListsDaysAndModels()
    {
        using var user = await api.NewUserAsync();
        await user.MadeAsync();

        var spent = (await user.GetAsync("/api/spend?days=2")).Json.GetProperty("days");

        var only = spent.EnumerateArray().ShouldHaveSingleItem();
        (only.GetProperty("model").GetString(), only.GetProperty("kind").GetString(), only.GetProperty("completed").GetInt32()).ShouldBe(("animatic/storyboard", "video", 1));
    }

    [Fact]
    public async Task Family_IsToldFromEachOfItsMembers()
    {
        using var user = await api.NewUserAsync();
        var source = await user.MadeAsync();
        var remix = (await user.PostAsync($"/api/videos/{source}/remix", new { prompt = "A blue kite" })).Id;
        await user.EndAsync(remix);

        foreach (var one in new[] { source, remix })
        {
            var family = (await user.GetAsync($"/api/videos/{one}/family")).Json.GetProperty("videos").EnumerateArray().ToList();
            family.Select(v => v.GetProperty("id").GetString()).ShouldBe([source, remix]);
            family[1].GetProperty("remix_of").GetString().ShouldBe(source);
        }
    }
}
