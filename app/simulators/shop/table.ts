/** Counts up when the same seed begins to give other rows. */
export const shopVersion = 1

/** The shop's table in the words of either database. */
export function createTable(kind: 'sqlite' | 'mysql', comment = ''): string {
  const mysql = kind === 'mysql'
  return `CREATE TABLE orders (
    id ${mysql ? 'BIGINT' : 'INTEGER'} NOT NULL PRIMARY KEY,
    number VARCHAR(20) NOT NULL,
    customer_name VARCHAR(300) NOT NULL,
    customer_email VARCHAR(120) NOT NULL,
    phone VARCHAR(40) NULL,
    status VARCHAR(20) NOT NULL,
    total DECIMAL(12,2) NOT NULL,
    discount DECIMAL(5,2) NOT NULL,
    currency CHAR(3) NOT NULL,
    item_count INT NOT NULL,
    is_gift TINYINT(1) NOT NULL,
    ordered_at VARCHAR(30) NOT NULL,
    city VARCHAR(80) NOT NULL,
    country CHAR(2) NOT NULL,
    notes TEXT NULL,
    updated_at ${mysql ? 'DATETIME(6)' : 'TEXT'} NOT NULL
  )${mysql ? ` CHARACTER SET utf8mb4 COMMENT = '${comment}'` : ''}`
}

/** A list read by (updated_at, id) needs it. */
export const createIndex = 'CREATE INDEX orders_updated_at ON orders (updated_at, id)'
