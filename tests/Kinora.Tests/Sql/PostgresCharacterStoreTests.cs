using Kinora.Adapters.Sql;
using Kinora.Characters;
using Kinora.Tests.Characters;

namespace Kinora.Tests.Sql;

public sealed class PostgresCharacterStoreTests : CharacterStoreContract
{
    private readonly PostgresScratch _scratch = new();

    public override ValueTask DisposeAsync() => _scratch.DisposeAsync();

    protected override async Task<ICharacterStore> OpenAsync() => new SqlCharacterStore(await _scratch.OpenAsync());
}
